using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>What a request says of a user. In snake_case its properties are the columns of the table.</summary>
internal record UserValues
{
    public Change<string> UserPrincipalName { get; init; }
    public Change<string> DisplayName { get; init; }
    public Change<string> Mail { get; init; }
    public Change<string> MailNickname { get; init; }
    public Change<string> GivenName { get; init; }
    public Change<string> Surname { get; init; }
    public Change<string> UsageLocation { get; init; }
    public Change<string> UserType { get; init; }
    public Change<bool?> AccountEnabled { get; init; }
    public Change<string> ManagedAppleId { get; init; }

    /// <param name="at">Put in front of the property's name, to say where in a long request it stands.</param>
    public VppError? Fault(string at = "") =>
        ValueRules.Word(ValueRules.Name, $"{at}userPrincipalName", UserPrincipalName)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}displayName", DisplayName)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}mail", Mail)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}mailNickname", MailNickname)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}givenName", GivenName)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}surname", Surname)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}usageLocation", UsageLocation)
        ?? ValueRules.OneOf(DirectoryUser.Types, $"{at}userType", UserType)
        ?? ValueRules.NotNull($"{at}accountEnabled", AccountEnabled)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}managedAppleId", ManagedAppleId);

    public void ApplyTo(DirectoryUser user)
    {
        user.UserPrincipalName = UserPrincipalName.Or(user.UserPrincipalName)!;
        user.DisplayName = DisplayName.Or(user.DisplayName);
        user.Mail = Mail.Or(user.Mail);
        user.MailNickname = MailNickname.Or(user.MailNickname);
        user.GivenName = GivenName.Or(user.GivenName);
        user.Surname = Surname.Or(user.Surname);
        user.UsageLocation = UsageLocation.Or(user.UsageLocation);
        user.UserType = UserType.Or(user.UserType)!;
        user.AccountEnabled = AccountEnabled.Or(user.AccountEnabled)!.Value;
        user.ManagedAppleId = ManagedAppleId.Or(user.ManagedAppleId);
    }
}
