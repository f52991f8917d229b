using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using VppManager.FakeApple.Directory;

namespace VppManager.Api.Tests.Directory.AppleAccounts;

/// <summary>What the tests of Apple users say.</summary>
internal static class AppleAccountWords
{
    public const string UserEnrollment = "appleUserEnrollment";

    /// <summary>Adds a user to a group, with a Managed Apple Account or without.</summary>
    public static async Task<Guid> JoinUserAsync(this Organization organization, Guid? group, string name, string? account = null)
    {
        var upn = $"{name}@example.com";
        await organization.PostAsync("/vpp/directory/import", new
        {
            users = new[] { new { userPrincipalName = upn, displayName = $"Display {name}", mail = $"mail.{upn}", accountEnabled = true, managedAppleId = account } },
            memberships = group is null ? [] : new[] { new { group, user = upn } },
        });
        return (await organization.GetAsync($"/v1.0/users/{upn}"))["id"]!.GetValue<Guid>();
    }

    public static async Task<Guid> EnrolAsync(this Organization organization, string serialNumber, Guid user, string enrollmentType = "unknown") =>
        (await organization.PostAsync("/vpp/devices", new { serialNumber, deviceName = $"Name {serialNumber}", userId = user, operatingSystem = "iPadOS", enrollmentType }))["id"]!.GetValue<Guid>();

    /// <summary>A location with one app, assigned to a group by user licensing.</summary>
    public static async Task<(Guid Token, Guid App, Guid Group)> WithUserAppAsync(this Organization organization, string adamId, int licenses = 10)
    {
        organization.Location.AddAsset(adamId, licenses);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync(adamId), await organization.GroupAsync());
        await organization.AssignAsync(app, group, useDeviceLicensing: false);
        return (token, app, group);
    }

    public static async Task<List<AccountLine>> AccountsAsync(this Organization organization, Guid user) =>
        [.. (await organization.GetAsync($"/vpp/users/{user}/appleAccounts")).AsArray().Select(one => new AccountLine(
            one!["account"]!.GetValue<string>(), one["status"]!.GetValue<string>(), Text(one["reason"]), one["clientUserId"]!.GetValue<string>(),
            Text(one["managedAppleId"]), Text(one["invitationUrl"])))];

    public static Task<LicensingFigures> FiguresAsync(this Organization organization, Guid app, int held, int failed = 0) =>
        Eventually.IsAsync(() => organization.LicensingAsync(app), figures => figures.Settled && figures.Held == held && figures.Failed == failed);

    public static async Task<string> LicenseStateAsync(this Organization organization, Guid app, Guid user) =>
        (await organization.LicenseAsync(app, user.ToString())).State;

    public static List<FakeUser> Active(this Organization organization) => [.. organization.Location.AllUsers.Where(one => one.Status is not "Retired")];

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}

internal sealed record AccountLine(string Account, string Status, string? Reason, string ClientUserId, string? ManagedAppleId, string? InvitationUrl);
