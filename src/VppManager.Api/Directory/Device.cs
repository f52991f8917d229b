namespace VppManager.Api.Directory;

/// <summary>A managed device. Its serial number holds device licences (L24).</summary>
internal sealed class Device
{
    public Guid Id { get; init; }
    public required string SerialNumber { get; init; }

    /// <summary>The device id in the directory.</summary>
    public Guid AzureAdDeviceId { get; set; }

    /// <summary>The object id in the directory, by which groups name it.</summary>
    public Guid DirectoryObjectId { get; set; }

    public string? DeviceName { get; set; }
    public Guid? UserId { get; set; }
    public string? OperatingSystem { get; set; }
    public string? OsVersion { get; set; }
    public string? Model { get; set; }
    public string? Manufacturer { get; set; }
    public bool IsSupervised { get; set; }

    /// <summary>Locked to one app or a few: nobody can answer a prompt (D6).</summary>
    public bool IsKiosk { get; set; }

    /// <summary>A policy blocks the App Store: user licences are of no use there (L13).</summary>
    public bool IsAppStoreBlocked { get; set; }

    /// <summary>By which NanoMDM knows it; null when it is not enrolled there.</summary>
    public string? EnrollmentId { get; set; }

    public string OwnerType { get; set; } = "company";
    public string EnrollmentType { get; set; } = "unknown";
    public string ManagementState { get; set; } = "managed";

    /// <summary>When the device came, among all arrivals of the service (L5).</summary>
    public long Arrival { get; init; }

    public DateTimeOffset EnrolledAt { get; set; }
    public DateTimeOffset LastSyncAt { get; set; }
}
