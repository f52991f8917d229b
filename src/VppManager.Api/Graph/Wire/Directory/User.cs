namespace VppManager.Api.Graph.Wire;

internal sealed class User : DirectoryObject
{
    public bool? AccountEnabled { get; set; }

    [NoColumn] public List<AssignedLicense> AssignedLicenses { get; set; } = [];
    public string? DisplayName { get; set; }
    public string? GivenName { get; set; }
    public string? Mail { get; set; }
    public string? MailNickname { get; set; }
    public List<ManagedDevice> ManagedDevices { get; set; } = [];
    [NoColumn, AlwaysEmpty] public DirectoryObject? Manager { get; set; }

    [NoColumn] public List<DirectoryObject> MemberOf { get; set; } = [];

    [Beta, NoColumn] public List<MobileAppIntentAndState> MobileAppIntentAndStates { get; set; } = [];

    [Beta, NoColumn] public List<MobileAppTroubleshootingEvent> MobileAppTroubleshootingEvents { get; set; } = [];

    [NoColumn] public List<DirectoryObject> OwnedDevices { get; set; } = [];

    [NoColumn] public List<DirectoryObject> RegisteredDevices { get; set; } = [];
    public string? Surname { get; set; }
    [NoColumn] public List<DirectoryObject> TransitiveMemberOf { get; set; } = [];
    public string? UsageLocation { get; set; }
    public string? UserPrincipalName { get; set; }
    public string? UserType { get; set; }
}
