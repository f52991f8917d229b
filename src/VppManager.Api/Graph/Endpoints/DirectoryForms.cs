using System.Text.Json;
using VppManager.Api.Directory;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using Wire = VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Users and groups in Graph's form and in ours.</summary>
internal static class DirectoryForms
{
    private const string Members = "members@odata.bind";
    private const string Dynamic = "DynamicMembership";

    public static UserValues UserOf(Patch<Wire.User> body)
    {
        Change<T> Given<T>(string property, T? value) => body.Has(property) ? value : default(Change<T>);

        var user = body.Value;
        return new UserValues
        {
            UserPrincipalName = Given(nameof(Wire.User.UserPrincipalName), user.UserPrincipalName),
            DisplayName = Given(nameof(Wire.User.DisplayName), user.DisplayName),
            Mail = Given(nameof(Wire.User.Mail), user.Mail),
            MailNickname = Given(nameof(Wire.User.MailNickname), user.MailNickname),
            GivenName = Given(nameof(Wire.User.GivenName), user.GivenName),
            Surname = Given(nameof(Wire.User.Surname), user.Surname),
            UsageLocation = Given(nameof(Wire.User.UsageLocation), user.UsageLocation),
            UserType = Given(nameof(Wire.User.UserType), user.UserType),
            AccountEnabled = Given<bool?>(nameof(Wire.User.AccountEnabled), user.AccountEnabled),
        };
    }

    /// <summary>A group and the members it is bound to, which stand beside its properties.</summary>
    public static async Task<(GroupValues Values, IReadOnlyList<Guid> Members)> GroupAsync(HttpContext http)
    {
        using var json = await JsonBody.ReadAsync(http);
        var body = GraphModel.Beta.ReadPatch<Wire.Group>(json.RootElement);
        if ((body.Value.MembershipRule ?? body.Value.MembershipRuleProcessingState) is not null || body.Value.GroupTypes.Contains(Dynamic, StringComparer.OrdinalIgnoreCase))
            throw GraphFault.BadRequest("Dynamic groups are not supported: give no 'DynamicMembership' in groupTypes, no membershipRule and no membershipRuleProcessingState, and add the members.");

        Change<T> Given<T>(string property, T? value) => body.Has(property) ? value : default(Change<T>);

        var values = new GroupValues
        {
            GroupTypes = Given<IReadOnlyList<string>>(nameof(Wire.Group.GroupTypes), body.Value.GroupTypes),
            MailEnabled = Given<bool?>(nameof(Wire.Group.MailEnabled), body.Value.MailEnabled),
            SecurityEnabled = Given<bool?>(nameof(Wire.Group.SecurityEnabled), body.Value.SecurityEnabled),
            DisplayName = Given(nameof(Wire.Group.DisplayName), body.Value.DisplayName),
            Description = Given(nameof(Wire.Group.Description), body.Value.Description),
            MailNickname = Given(nameof(Wire.Group.MailNickname), body.Value.MailNickname),
        };
        return (values, json.RootElement.TryGetProperty(Members, out var bound) ? MembersOf(bound) : []);
    }

    /// <summary>Of a managed device only its name and its owner's kind are the administrator's to change.</summary>
    public static DeviceValues DeviceOf(Patch<Wire.ManagedDevice> body)
    {
        var owner = body.Has(nameof(Wire.ManagedDevice.ManagedDeviceOwnerType)) ? body.Value.ManagedDeviceOwnerType : body.Value.OwnerType;
        return new DeviceValues
        {
            DeviceName = body.Has(nameof(Wire.ManagedDevice.ManagedDeviceName)) ? body.Value.ManagedDeviceName
                : body.Has(nameof(Wire.ManagedDevice.DeviceName)) ? body.Value.DeviceName : default(Change<string>),
            OwnerType = body.Has(nameof(Wire.ManagedDevice.ManagedDeviceOwnerType)) || body.Has(nameof(Wire.ManagedDevice.OwnerType))
                ? GraphName.Of(owner.ToString())
                : default(Change<string>),
        };
    }

    private static List<Guid> MembersOf(JsonElement bound) =>
        bound.ValueKind is JsonValueKind.Array && bound.EnumerateArray().All(one => one.ValueKind is JsonValueKind.String)
            ? [.. bound.EnumerateArray().Select(one => ReferenceBody.IdOf(one.GetString()!))]
            : throw GraphFault.BadRequest($"The property '{Members}' must be an array of addresses.");
}
