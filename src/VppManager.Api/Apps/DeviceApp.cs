namespace VppManager.Api.Apps;

/// <summary>How the installation of an app on a device stands (D3).</summary>
internal enum DeviceAppState
{
    Pending,
    Installed,
    Failed,
    NotApplicable,
    Removed,
}

/// <summary>What a device said of an app when it last checked in.</summary>
internal sealed class DeviceApp
{
    public Guid DeviceId { get; init; }
    public Guid AppId { get; init; }
    public DeviceAppState State { get; set; }

    /// <summary>As Intune numbers them; null where nothing went wrong.</summary>
    public int? ErrorCode { get; set; }

    public string? Version { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}
