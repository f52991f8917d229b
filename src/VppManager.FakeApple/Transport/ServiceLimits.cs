namespace VppManager.FakeApple.Transport;

/// <summary>The limits of <c>service/config</c>, under Apple's names.</summary>
public sealed class ServiceLimits
{
    public int MaxAssets { get; set; } = 25;
    public int MaxClientUserIds { get; set; } = 1000;
    public int MaxSerialNumbers { get; set; } = 1000;
    public int MaxRevokeClientUserIds { get; set; } = 100;
    public int MaxRevokeSerialNumbers { get; set; } = 100;
    public int MaxUsers { get; set; } = 100;
    public int MaxNotificationLength { get; set; } = 512;
    public int MaxMdmIdLength { get; set; } = 100;
    public int MaxMdmNameLength { get; set; } = 100;
    public int MaxMdmMetadataLength { get; set; } = 255;
    public int MaxRequestPerSecond { get; set; } = 15;
}
