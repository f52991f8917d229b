using System.Text.Json.Nodes;
using VppManager.Api.Tests.Directory.AppleAccounts;
using VppManager.Api.Tests.Directory.CheckIns;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using VppManager.Api.Tests.Portal;
using VppManager.Api.Tests.Tokens;
using static VppManager.Api.Tests.Directory.CheckIns.CheckInWords;

namespace VppManager.Api.Tests.Scenarios;

/// <summary>A service that asks the store at every synchronisation, so that a newer version is seen the same day.</summary>
public sealed class ScenarioFixture(PostgresFixture postgres) : ServiceFixture(postgres)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Metadata:RefreshAfter"] = "00:00:00" };
}

/// <summary>One service for all scenarios.</summary>
[CollectionDefinition(Name)]
public sealed class ScenariosCollection : ICollectionFixture<ScenarioFixture>
{
    public const string Name = "scenarios";
}

/// <summary>What the scenarios are told with, by the front door alone.</summary>
internal static class Scenario
{
    private const string Graph = "/beta/deviceAppManagement";

    /// <summary>The app as the administrator finds it in the library.</summary>
    public static async Task<Guid> FindAppAsync(this Organization organization, string adamId) =>
        Assert.Single(await organization.LibraryAsync(), one => one["bundleId"]?.GetValue<string>() == $"com.example.app{adamId}").Id();

    public static async Task<List<JsonNode>> LibraryAsync(this Organization organization) => await organization.ListAsync($"{Graph}/mobileApps");

    public static async Task<List<JsonNode>> ListAsync(this Organization organization, string path) =>
        [.. (await organization.GetAsync(path))["value"]!.AsArray().Select(one => one!)];

    /// <summary>A person's own device, managed as a whole.</summary>
    public static Task<Guid> OwnDeviceAsync(this Organization organization, string serialNumber, Guid user) =>
        organization.EnrolAsync(new { serialNumber, userId = user, operatingSystem = "iPadOS", ownerType = "personal" });

    /// <summary>A person's own device, of which only the managed account's part is managed.</summary>
    public static Task<Guid> UserEnrolledDeviceAsync(this Organization organization, string serialNumber, Guid user) =>
        organization.EnrolAsync(new { serialNumber, userId = user, operatingSystem = "iPadOS", ownerType = "personal", enrollmentType = AppleAccountWords.UserEnrollment });

    public static Task<Guid> CorporateDeviceAsync(this Organization organization, string serialNumber, Guid? user = null, bool isKiosk = false) =>
        organization.EnrolAsync(new { serialNumber, userId = user, operatingSystem = "iPadOS", ownerType = "company", isSupervised = true, isKiosk });

    /// <summary>Somebody who signs in to the portal themselves.</summary>
    public static async Task<(Guid User, HttpClient Client)> PersonAsync(this ServiceFixture service, Organization organization, Guid group, string name, string managedAppleId)
    {
        var upn = $"{name}@example.com";
        var id = PortalOf.ObjectIdOf(service, organization.Tenant, upn);
        await organization.PostAsync("/vpp/directory/import", new
        {
            users = new[] { new { id, userPrincipalName = upn, displayName = name, accountEnabled = true, managedAppleId } },
            memberships = new[] { new { group, user = upn } },
        });
        return (id, service.Client(organization.Tenant, user: upn, permissions: ["User.Read"]));
    }

    /// <summary>The device is told to install the app, does so, and has nothing more to do.</summary>
    public static async Task InstallsAsync(this Organization organization, Guid device, string adamId)
    {
        Assert.Equal(adamId, (await organization.CheckInAsync(device)).Only("install")["iTunesStoreId"]!.GetValue<string>());
        Assert.Empty((await organization.CheckInAsync(device, App(adamId))).Actions);
    }

    /// <summary>Waits until all is settled and these devices are the ones that hold the app at Apple.</summary>
    public static Task<string> HeldAtAppleAsync(this Organization organization, Guid app, string adamId, params string[] serialNumbers) => Eventually.IsAsync(
        async () => (await organization.LicensingAsync(app)).Settled ? string.Join(' ', organization.SerialsAtApple(adamId)) : "not settled",
        found => found == string.Join(' ', serialNumbers.Order()));

    /// <summary>How many wait, and who of them with which number and why.</summary>
    public static async Task<(int Waiting, List<(int Number, string SerialNumber, string Reason)> Who)> QueueAsync(this Organization organization, Guid app)
    {
        var page = await organization.GetAsync($"/vpp/apps/{app}/waiting?top=500");
        return (page["waiting"]!.GetValue<int>(), [.. page["value"]!.AsArray().Select(one => (one!["number"]!.GetValue<int>(), one["serialNumber"]!.GetValue<string>(), one["reason"]!.GetValue<string>()))]);
    }

    /// <summary>The row of the article's table, and the answers in it.</summary>
    public static async Task<(int? Row, bool Invite, bool Install, bool AppleId, bool Recommended)> PromptsAsync(this PortalOf portal, Guid app)
    {
        var prompts = (await portal.AppAsync(app))["prompts"]!;
        return (prompts["scenario"]?.GetValue<int>(), prompts["inviteToProgram"]!.GetValue<bool>(), prompts["installPrompt"]!.GetValue<bool>(),
            prompts["appleIdPrompt"]!.GetValue<bool>(), prompts["isRecommended"]!.GetValue<bool>());
    }

    public static Task RetireAsync(this Organization organization, Guid device) => organization.PostAsync($"/beta/deviceManagement/managedDevices/{device}/retire", null);

    /// <summary>Serial numbers of the devices that left with a licence.</summary>
    public static async Task<IEnumerable<string>> OrphansAsync(this Organization organization) =>
        (await organization.ListAsync("/vpp/licenses/orphaned")).Select(one => one["serialNumber"]!.GetValue<string>()).Order();

    public static async Task RenewAsync(this Organization organization, Guid token, string file)
    {
        Assert.Equal(token, (await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { token = file })).Id());
        await organization.SyncedAsync(token);
    }

    /// <summary>Deletes a token and gives what the answer says of the licences that stay behind.</summary>
    public static async Task<int> DeleteTokenAsync(this Organization organization, Guid token)
    {
        using var answer = await organization.Client.DeleteAsync($"/vpp/tokens/{token}", TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["licensesLeftBehind"]!.GetValue<int>();
    }

    /// <summary>The status of the answer to "synchronise now".</summary>
    public static async Task<int> AskForSyncAsync(this Organization organization, Guid token)
    {
        using var answer = await organization.Client.PostAsync($"{TokenWords.Tokens}/{token}/syncLicenses", null, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    /// <summary>How many requests Apple had to change who holds what in this location.</summary>
    public static int ChangesSent(this ServiceFixture service, Organization organization) =>
        service.Apple.Journal.Count(one => one.LocationUid == organization.Location.Uid && one.Path.EndsWith("ssociate", StringComparison.Ordinal));

    private static async Task<Guid> EnrolAsync(this Organization organization, object device) => (await organization.PostAsync("/vpp/devices", device)).Id();
}
