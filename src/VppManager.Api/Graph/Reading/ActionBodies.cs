using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Reading;

/// <summary>POST mobileApps/{id}/assign: replaces the whole set. The set must be given, an empty one clears.</summary>
internal sealed record AssignBody
{
    public required List<MobileAppAssignment> MobileAppAssignments { get; init; }
}

/// <summary>POST managedEBooks/{id}/assign: the same for books.</summary>
internal sealed record AssignBooksBody
{
    public required List<ManagedEBookAssignment> ManagedEBookAssignments { get; init; }
}

/// <summary>POST mobileApps/{id}/revokeDeviceLicense.</summary>
internal sealed record RevokeDeviceLicenseBody
{
    public required string ManagedDeviceId { get; init; }

    public bool NotifyManagedDevices { get; init; }
}

/// <summary>POST mobileApps/{id}/revokeUserLicense.</summary>
internal sealed record RevokeUserLicenseBody
{
    public bool NotifyManagedDevices { get; init; }

    public required string UserId { get; init; }
}

/// <summary>POST mobileApps/{id}/revokeAllLicenses.</summary>
internal sealed record RevokeAllLicensesBody
{
    public bool NotifyManagedDevices { get; init; }
}

/// <summary>POST vppTokens/{id}/revokeLicenses.</summary>
internal sealed record RevokeLicensesBody
{
    public bool NotifyManagedDevices { get; init; }

    public bool? RevokeUntrackedLicenses { get; init; }
}

/// <summary>POST roleScopeTags/{id}/assign: replaces the groups of a scope tag.</summary>
internal sealed record RoleScopeTagAssignBody
{
    public required List<RoleScopeTagAutoAssignment> Assignments { get; init; }
}

/// <summary>POST roleScopeTags/getRoleScopeTagsById.</summary>
internal sealed record RoleScopeTagIdsBody
{
    public required List<string> RoleScopeTagIds { get; init; }
}
