using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VppManager.Api.Hosting.Demo;

/// <summary>What an administrator of the demo does, over the addresses that everybody uses.</summary>
internal sealed class DemoOrganization(DemoClient client, DemoStory story)
{
    private const string Graph = "/beta/deviceAppManagement";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async Task<Guid> UploadTokenAsync(string displayName, string appleId, string token, CancellationToken ct) => IdOf(await client.PostAsync(
        $"{Graph}/vppTokens",
        new { displayName, appleId, token, vppTokenAccountType = "business", dataSharingConsentGranted = true },
        ct));

    public async Task<Guid?> FindTokenAsync(string displayName, CancellationToken ct) =>
        (await client.LookAsync($"{Graph}/vppTokens", ct))["value"]!.AsArray()
            .Where(one => one!["displayName"]?.GetValue<string>() == displayName)
            .Select(one => (Guid?)IdOf(one!)).FirstOrDefault();

    public Task RenewTokenAsync(Guid id, string token, CancellationToken ct) => client.PatchAsync($"{Graph}/vppTokens/{id}", new { token }, ct);

    public Task SyncAsync(Guid token, CancellationToken ct) => client.PostAsync($"{Graph}/vppTokens/{token}/syncLicenses", null, ct);

    /// <summary>Waits for the end of the sync.</summary>
    public async Task<JsonNode> SyncedAsync(Guid token, CancellationToken ct)
    {
        var after = await WaitAsync(
            () => client.LookAsync($"{Graph}/vppTokens/{token}", ct),
            one => one["lastSyncStatus"]!.GetValue<string>() is "completed" or "failed",
            one => $"synchronisation: {one["lastSyncStatus"]}", ct);
        var run = await client.LookAsync($"/vpp/tokens/{token}/sync", ct);
        if (after["lastSyncStatus"]!.GetValue<string>() == "failed") throw new DemoFailedException($"The synchronisation failed: {run["error"]}");

        return after;
    }

    public async Task<IReadOnlyList<DemoApp>> AppsAsync(CancellationToken ct) =>
        [.. (await client.GetAsync($"{Graph}/mobileApps", ct))["value"]!.AsArray().Select(one => DemoApp.Of(one!))];

    public async Task<Guid> GroupAsync(string displayName, CancellationToken ct) => IdOf(await client.PostAsync(
        "/v1.0/groups", new { displayName, mailEnabled = false, mailNickname = $"demo{Guid.NewGuid():N}", securityEnabled = true }, ct));

    public Task<JsonNode> ImportAsync(object directory, CancellationToken ct) => client.PostAsync("/vpp/directory/import", directory, ct);

    public Task AssignAsync(DemoApp app, Guid group, bool toDevices, CancellationToken ct) =>
        client.PostAsync($"{Graph}/mobileApps/{app.Id}/assign", new { mobileAppAssignments = new[] { Required(app, group, toDevices) } }, ct);

    public Task RevokeAsync(Guid app, Guid managedDeviceId, CancellationToken ct) => client.PostAsync(
        $"{Graph}/mobileApps/{app}/microsoft.graph.iosVppApp/revokeDeviceLicense", new { managedDeviceId, notifyManagedDevices = false }, ct);

    /// <summary>Waits until nothing is left to look at, to send or to await, and as many licences are held.</summary>
    public Task<DemoFigures> SettledAsync(Guid app, Func<DemoFigures, bool> expected, CancellationToken ct) => WaitAsync(
        async () => (await client.LookAsync($"/vpp/apps/{app}/licensing", ct)).Deserialize<DemoFigures>(JsonSerializerOptions.Web)!,
        figures => figures.Settled && expected(figures), figures => figures.ToString(), ct);

    /// <summary>The licences of an app in one state, first in line first.</summary>
    public async Task<IReadOnlyList<DemoLicense>> LicensesAsync(Guid app, string state, CancellationToken ct) =>
        (await client.GetAsync($"/vpp/apps/{app}/licenses?state={state}&top=1000", ct))["value"].Deserialize<List<DemoLicense>>(JsonSerializerOptions.Web)!;

    public async Task<Guid> FindGroupAsync(string displayName, CancellationToken ct) => IdOf(
        (await client.LookAsync($"/v1.0/groups?$filter=displayName eq '{displayName}'", ct))["value"]!.AsArray().Single()!);

    private static Dictionary<string, object> Required(DemoApp app, Guid group, bool toDevices) => new()
    {
        ["@odata.type"] = "#microsoft.graph.mobileAppAssignment",
        ["intent"] = "required",
        ["target"] = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.groupAssignmentTarget", ["groupId"] = group },
        ["settings"] = new Dictionary<string, object> { ["@odata.type"] = $"{app.Type}AssignmentSettings", ["useDeviceLicensing"] = toDevices },
    };

    private async Task<T> WaitAsync<T>(Func<Task<T>> look, Func<T, bool> done, Func<T, string> words, CancellationToken ct)
    {
        var (since, told) = (Stopwatch.GetTimestamp(), "");
        while (true)
        {
            var now = await look();
            if (words(now) != told) story.Came($"... {told = words(now)}");
            if (done(now)) return now;
            if (Stopwatch.GetElapsedTime(since) > Patience) throw new DemoFailedException($"After {Patience.TotalSeconds} seconds it is still: {told}");

            await Task.Delay(Pause, ct);
        }
    }

    private static Guid IdOf(JsonNode resource) => resource["id"]!.GetValue<Guid>();
}
