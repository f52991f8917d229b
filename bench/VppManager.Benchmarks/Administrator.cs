using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VppManager.Benchmarks;

/// <summary>What an administrator of one tenant does through the front door.</summary>
internal sealed class Administrator(HttpClient client, BenchDatabase database, Guid tenant)
{
    private const string Graph = "/beta/deviceAppManagement";

    public Guid Tenant => tenant;

    /// <summary>Uploads a token; gives how its first sync went.</summary>
    public async Task<(Guid Token, JsonNode Sync)> UploadAsync(string token, CancellationToken ct)
    {
        var created = await PostAsync($"{Graph}/vppTokens", new
        {
            displayName = "Bench",
            appleId = "content@example.com",
            token,
            vppTokenAccountType = "business",
            dataSharingConsentGranted = true,
        }, ct);
        var id = created!["id"]!.GetValue<Guid>();
        return (id, await SyncedAsync(id, 1, ct));
    }

    /// <param name="kind"><c>full</c> or <c>delta</c>.</param>
    /// <param name="number">The how many-th sync of the token it is.</param>
    public async Task<JsonNode> SyncAsync(Guid token, string kind, int number, CancellationToken ct)
    {
        await PostAsync($"/vpp/tokens/{token}/sync?kind={kind}", null, ct);
        var run = await SyncedAsync(token, number, ct);
        return run["kind"]!.GetValue<string>() == kind ? run : throw new InvalidOperationException($"It was no {kind} sync: {run}");
    }

    public async Task<Guid> GroupAsync(CancellationToken ct) => (await PostAsync("/v1.0/groups", new
    {
        displayName = "Bench",
        mailEnabled = false,
        mailNickname = "n" + Guid.NewGuid().ToString("N"),
        securityEnabled = true,
    }, ct))!["id"]!.GetValue<Guid>();

    public Task ImportAsync(object body, CancellationToken ct) => PostAsync("/vpp/directory/import", body, ct);

    public async Task<Guid> AppAsync(string adamId, CancellationToken ct)
    {
        await using var command = database.Owner.CreateCommand("""
            select a.id from apps a join pools p on p.tenant_id = a.tenant_id and p.id = a.pool_id where a.tenant_id = $1 and p.adam_id = $2
            """);
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = tenant });
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = adamId });
        return (Guid)(await command.ExecuteScalarAsync(ct))!;
    }

    public Task AssignAsync(Guid app, IEnumerable<(Guid Group, bool ToDevices)> targets, CancellationToken ct) => PostAsync($"{Graph}/mobileApps/{app}/assign", new
    {
        mobileAppAssignments = targets.Select(target => new Dictionary<string, object>
        {
            ["@odata.type"] = "#microsoft.graph.mobileAppAssignment",
            ["intent"] = "required",
            ["target"] = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.groupAssignmentTarget", ["groupId"] = target.Group },
            ["settings"] = new Dictionary<string, object>
            {
                ["@odata.type"] = "#microsoft.graph.iosVppAppAssignmentSettings",
                ["useDeviceLicensing"] = target.ToDevices,
            },
        }),
    }, ct);

    /// <summary>Waits until nothing of the app is left to look at, to send or to await.</summary>
    public async Task SettledAsync(Guid app, int held, CancellationToken ct)
    {
        for (var tries = 0; tries < 6_000; tries++)
        {
            var now = await GetAsync($"/vpp/apps/{app}/licensing", ct);
            if (now["settled"]!.GetValue<bool>() && now["held"]!.GetValue<int>() == held) return;
            await Task.Delay(50, ct);
        }
        throw new TimeoutException($"{held} licences were not held in time.");
    }

    private async Task<JsonNode> SyncedAsync(Guid token, int number, CancellationToken ct)
    {
        while (true)
        {
            var runs = (await GetAsync($"/vpp/tokens/{token}/syncs", ct)).AsArray();
            var done = runs.Count(run => run!["outcome"]!.GetValue<string>() is "completed");
            if (runs.Any(run => run!["outcome"]!.GetValue<string>() is "failed")) throw new InvalidOperationException($"A sync failed: {runs}");
            if (done >= number) return runs[0]!;
            await Task.Delay(50, ct);
        }
    }

    private async Task<JsonNode> GetAsync(string path, CancellationToken ct) => (await Site.ReadAsync(await client.GetAsync(path, ct), ct))!;

    private async Task<JsonNode?> PostAsync(string path, object? body, CancellationToken ct) =>
        await Site.ReadAsync(await client.PostAsJsonAsync(path, body, ct), ct);
}
