using System.Text.Json.Serialization;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>One piece of an import, in the order in which it came.</summary>
internal interface IImportRow
{
    /// <param name="at">Where it stands: <c>users[12].</c></param>
    VppError? Fault(string at);
}

/// <summary>Known by <paramref name="Id"/> when given, else by its name.</summary>
internal sealed record ImportUser(Guid? Id = null) : UserValues, IImportRow
{
    VppError? IImportRow.Fault(string at) =>
        Id is null && !UserPrincipalName.IsSet ? ValueRules.Missing($"{at}userPrincipalName") : Fault(at);
}

/// <summary>Known by its serial number (L24).</summary>
internal sealed record ImportDevice : DeviceValues, IImportRow
{
    public Change<string> ManagementState { get; init; }

    public override VppError? Fault(string at = "") =>
        !SerialNumber.IsSet
            ? ValueRules.Missing($"{at}serialNumber")
            : base.Fault(at) ?? ValueRules.OneOf(DeviceWords.ManagementStates, $"{at}managementState", ManagementState);
}

/// <summary>Known by <paramref name="Id"/> when given, else by its display name.</summary>
/// <param name="ReplaceMembers">Members that the import does not name leave the group.</param>
internal sealed record ImportGroup(Guid? Id = null, bool ReplaceMembers = false) : GroupValues, IImportRow
{
    VppError? IImportRow.Fault(string at) => Id is null && !DisplayName.IsSet ? ValueRules.Missing($"{at}displayName") : Fault(at);
}

/// <summary>One member of one group. Order of arrival is order of joining (L5).</summary>
/// <param name="Group">The group's id or display name.</param>
/// <param name="User">The user's id or user principal name.</param>
/// <param name="Device">The device's serial number, or one of its ids.</param>
/// <param name="MemberGroup">The id or display name of a group within the group.</param>
internal sealed record ImportMembership(string? Group, string? User = null, string? Device = null, string? MemberGroup = null) : IImportRow
{
    [JsonIgnore]
    public (MemberKind Kind, string Name) Member =>
        User is not null ? (MemberKind.User, User) : Device is not null ? (MemberKind.Device, Device) : (MemberKind.Group, MemberGroup!);

    public VppError? Fault(string at)
    {
        if (string.IsNullOrWhiteSpace(Group)) return ValueRules.Missing($"{at}group");

        return new[] { User, Device, MemberGroup }.Count(name => !string.IsNullOrWhiteSpace(name)) == 1
            ? null
            : VppError.InvalidValue($"{at}user", "exactly one of user, device and memberGroup must be given.");
    }
}

internal sealed record ImportMode(string? Mode) : IImportRow
{
    public const string Merge = "merge";
    public const string ReplaceMembers = "replaceMembers";

    public VppError? Fault(string at) =>
        Mode is Merge or ReplaceMembers ? null : VppError.InvalidValue("mode", $"it must be {Merge} or {ReplaceMembers}.");
}

/// <summary>The rest could not be read.</summary>
internal sealed record ImportUnreadable(VppError Error) : IImportRow
{
    public VppError? Fault(string at) => Error;
}

/// <summary>The body of an import as documented; it is read piece by piece (<see cref="ImportStream"/>).</summary>
internal sealed record ImportBody(
    string? Mode,
    IReadOnlyList<ImportUser>? Users,
    IReadOnlyList<ImportDevice>? Devices,
    IReadOnlyList<ImportGroup>? Groups,
    IReadOnlyList<ImportMembership>? Memberships);
