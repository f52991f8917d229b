namespace VppManager.Apple.Tokens;

/// <summary>
/// How much fits into one request. Apple changes the limits without notice and asks to read them again every five minutes; what it
/// leaves out counts as the value it documents. See
/// <see href="https://developer.apple.com/documentation/devicemanagement/service-config"/>.
/// </summary>
public sealed record ServiceLimits
{
    /// <summary>Assets of one associate or disassociate.</summary>
    public int MaxAssets { get => field > 0 ? field : 25; init; }

    /// <summary>Users of one associate or disassociate.</summary>
    public int MaxClientUserIds { get => field > 0 ? field : 1000; init; }

    /// <summary>Devices of one associate or disassociate.</summary>
    public int MaxSerialNumbers { get => field > 0 ? field : 1000; init; }

    /// <summary>Users of one revoke.</summary>
    public int MaxRevokeClientUserIds { get => field > 0 ? field : 100; init; }

    /// <summary>Devices of one revoke.</summary>
    public int MaxRevokeSerialNumbers { get => field > 0 ? field : 100; init; }

    /// <summary>Users of one create, update or retire.</summary>
    public int MaxUsers { get => field > 0 ? field : 100; init; }

    /// <summary>Characters of the notification address, and of its secret.</summary>
    public int MaxNotificationLength { get => field > 0 ? field : 512; init; }

    /// <summary>Characters of <see cref="MdmInfo.Id"/>.</summary>
    public int MaxMdmIdLength { get => field > 0 ? field : 100; init; }

    /// <summary>Characters of <see cref="MdmInfo.Name"/>.</summary>
    public int MaxMdmNameLength { get => field > 0 ? field : 100; init; }

    /// <summary>Characters of <see cref="MdmInfo.Metadata"/>.</summary>
    public int MaxMdmMetadataLength { get => field > 0 ? field : 255; init; }

    /// <summary>Requests of one location within a second, all processes together.</summary>
    public int MaxRequestPerSecond { get => field > 0 ? field : 15; init; }
}
