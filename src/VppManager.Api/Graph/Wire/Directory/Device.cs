namespace VppManager.Api.Graph.Wire;

/// <summary>The directory's idea of a device: what groups have as members. Managed devices are something else.</summary>
internal sealed class Device : DirectoryObject
{
    public bool? AccountEnabled { get; set; }
    public string? DeviceId { get; set; }
    public string? DeviceOwnership { get; set; }
    public string? DisplayName { get; set; }
    public string? EnrollmentType { get; set; }
    public bool? IsCompliant { get; set; }
    public bool? IsManaged { get; set; }
    [NoColumn] public List<DirectoryObject> MemberOf { get; set; } = [];
    public string? OperatingSystem { get; set; }
    public string? OperatingSystemVersion { get; set; }
    [NoColumn] public List<DirectoryObject> RegisteredOwners { get; set; } = [];

    [NoColumn] public List<DirectoryObject> RegisteredUsers { get; set; } = [];

    [NoColumn] public List<DirectoryObject> TransitiveMemberOf { get; set; } = [];
    public string? TrustType { get; set; }
}
