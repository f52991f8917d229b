using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using VppManager.Core.Assignments;
using VppManager.FakeApple.Tokens;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>The vocabulary of the tests: what an administrator of one tenant does through the front door.</summary>
internal sealed class Organization(ServiceFixture service, FakeLocation location, Func<Guid, HttpClient>? client = null)
{
    private const string Graph = "/beta/deviceAppManagement";

    public Guid Tenant { get; init; } = Guid.CreateVersion7();

    public FakeLocation Location => location;

    public HttpClient Client => field ??= (client ?? (tenant => service.Client(tenant)))(Tenant);

    /// <summary>Uploads a token of the location and waits until it has synchronised.</summary>
    public async Task<Guid> UploadTokenAsync(FakeToken? token = null, string? displayName = null)
    {
        var id = await CreateTokenAsync(token, displayName);
        await SyncedAsync(id);
        return id;
    }

    /// <summary>Uploads a token of the location.</summary>
    public async Task<Guid> CreateTokenAsync(FakeToken? token = null, string? displayName = null)
    {
        var created = await PostAsync($"{Graph}/vppTokens", new
        {
            displayName = displayName ?? "Main token",
            appleId = "content@example.com",
            token = (token ?? location.IssueToken()).VpptokenFile,
            vppTokenAccountType = "business",
            dataSharingConsentGranted = true,
        });
        return created["id"]!.GetValue<Guid>();
    }

    public async Task SyncAsync(Guid token)
    {
        await PostAsync($"{Graph}/vppTokens/{token}/syncLicenses", null);
        await SyncedAsync(token);
    }

    /// <summary>Synchronises what has changed, and gives how that went.</summary>
    public async Task<JsonNode> SyncChangesAsync(Guid token)
    {
        await PostAsync($"/vpp/tokens/{token}/sync?kind=delta", null);
        await SyncedAsync(token);
        return await GetAsync($"/vpp/tokens/{token}/sync");
    }

    public async Task<JsonNode> SyncedAsync(Guid token) =>
        await Eventually.IsAsync(() => GetAsync($"{Graph}/vppTokens/{token}"), one => one["lastSyncStatus"]!.GetValue<string>() is "completed" or "failed");

    /// <summary>The id of the app with this number in the store.</summary>
    public async Task<Guid> AppAsync(string adamId, AppKind kind = AppKind.Ios) => await service.ScalarAsync<Guid>("""
        select a.id from apps a join pools p on p.tenant_id = a.tenant_id and p.id = a.pool_id
        where a.tenant_id = $1 and p.adam_id = $2 and a.kind = $3
        """, Tenant, adamId, kind is AppKind.MacOs ? "macOs" : kind is AppKind.Book ? "book" : "ios");

    public async Task<Guid> GroupAsync(string name = "Everybody") =>
        (await PostAsync("/v1.0/groups", new { displayName = name, mailEnabled = false, mailNickname = "n" + Guid.NewGuid().ToString("N"), securityEnabled = true }))["id"]!.GetValue<Guid>();

    public async Task<Guid> UserAsync(string name) =>
        (await PostAsync("/v1.0/users", new { userPrincipalName = $"{name}@example.com", displayName = name, accountEnabled = true, mailNickname = name }))["id"]!.GetValue<Guid>();

    public async Task<Guid> DeviceAsync(string serialNumber, Guid? user = null, string operatingSystem = "iPadOS") =>
        (await PostAsync("/vpp/devices", new { serialNumber, deviceName = serialNumber, userId = user, operatingSystem, osVersion = "18.1" }))["id"]!.GetValue<Guid>();

    public Task JoinAsync(Guid group, Guid member) =>
        PostAsync($"/v1.0/groups/{group}/members/$ref", new Dictionary<string, object> { ["@odata.id"] = $"https://graph.microsoft.com/v1.0/directoryObjects/{member}" });

    public Task LeaveAsync(Guid group, Guid member) => DeleteAsync($"/v1.0/groups/{group}/members/{member}/$ref");

    /// <summary>Enrols devices and puts them into a group, in this order, in one call.</summary>
    public Task ImportDevicesAsync(Guid group, IEnumerable<string> serialNumbers) => PostAsync("/vpp/directory/import", Import.Devices(group, serialNumbers));

    /// <summary>Adds users and puts them into a group, in this order, in one call.</summary>
    public Task ImportUsersAsync(Guid group, IEnumerable<string> names) => PostAsync("/vpp/directory/import", Import.Users(group, names));

    public Task AssignAsync(Guid app, Guid group, string intent = "required", bool useDeviceLicensing = true) => PostAsync($"{Graph}/mobileApps/{app}/assign", new
    {
        mobileAppAssignments = new[] { Assignment(group, intent, useDeviceLicensing) },
    });

    public static Dictionary<string, object?> Assignment(Guid group, string intent = "required", bool useDeviceLicensing = true) => new()
    {
        ["@odata.type"] = "#microsoft.graph.mobileAppAssignment",
        ["intent"] = intent,
        ["target"] = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.groupAssignmentTarget", ["groupId"] = group },
        ["settings"] = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.iosVppAppAssignmentSettings", ["useDeviceLicensing"] = useDeviceLicensing },
    };

    public async Task<LicensingFigures> LicensingAsync(Guid app) =>
        (await GetAsync($"/vpp/apps/{app}/licensing")).Deserialize<LicensingFigures>(JsonSerializerOptions.Web)!;

    /// <summary>Waits until nothing is left to look at, to send or to await.</summary>
    public Task<LicensingFigures> SettledAsync(Guid app, TimeSpan? patience = null) =>
        Eventually.IsAsync(() => LicensingAsync(app), figures => figures.Settled, patience);

    public async Task<JsonNode> GetAsync(string path)
    {
        using var answer = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    public async Task<JsonNode> PostAsync(string path, object? body)
    {
        using var answer = await Client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    public async Task<JsonNode> PatchAsync(string path, object body)
    {
        using var answer = await Client.PatchAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return await ReadAsync(answer);
    }

    public async Task DeleteAsync(string path)
    {
        using var answer = await Client.DeleteAsync(path, TestContext.Current.CancellationToken);
        await ReadAsync(answer);
    }

    private static async Task<JsonNode> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {answer.RequestMessage?.RequestUri}: {text}");
        return answer.StatusCode is HttpStatusCode.NoContent || text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }
}

internal sealed record LicensingFigures(int Total, int Held, int Assigning, int Waiting, int Releasing, int Failed, bool Settled, int Untracked = 0, int AppleDifference = 0);
