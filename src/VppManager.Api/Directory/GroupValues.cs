using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>What a request says of a group. In snake_case its properties are the columns of the table.</summary>
internal record GroupValues
{
    public Change<string> DisplayName { get; init; }
    public Change<string> Description { get; init; }
    public Change<string> MailNickname { get; init; }
    public Change<IReadOnlyList<string>> GroupTypes { get; init; }
    public Change<bool?> MailEnabled { get; init; }
    public Change<bool?> SecurityEnabled { get; init; }

    /// <param name="at">Put in front of the property's name, to say where in a long request it stands.</param>
    public VppError? Fault(string at = "") =>
        ValueRules.NotBlank(ValueRules.Name, $"{at}displayName", DisplayName)
        ?? ValueRules.AtMost(ValueRules.Text, $"{at}description", Description)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}mailNickname", MailNickname)
        ?? ValueRules.NotNull($"{at}mailEnabled", MailEnabled)
        ?? ValueRules.NotNull($"{at}securityEnabled", SecurityEnabled)
        ?? (GroupTypes is { IsSet: true, Value: not { Count: 0 } and not ["Unified"] } ? VppError.InvalidValue($"{at}groupTypes", "it can be empty or have 'Unified' in it.") : null);

    public void ApplyTo(Group group)
    {
        group.DisplayName = DisplayName.Or(group.DisplayName)!;
        group.Description = Description.Or(group.Description);
        group.MailNickname = MailNickname.Or(group.MailNickname);
        group.GroupTypes = [.. GroupTypes.Or(group.GroupTypes) ?? []];
        group.MailEnabled = MailEnabled.Or(group.MailEnabled)!.Value;
        group.SecurityEnabled = SecurityEnabled.Or(group.SecurityEnabled)!.Value;
    }
}
