namespace VppManager.Api.Graph.Wire;

/// <summary>Graph knows no device licence of a Mac as a type of its own.</summary>
[Beta]
internal sealed class MacOsVppAppAssignedLicense : Entity
{
    public string? UserEmailAddress { get; set; }
    public string? UserId { get; set; }
    public string? UserName { get; set; }
    public string? UserPrincipalName { get; set; }
}
