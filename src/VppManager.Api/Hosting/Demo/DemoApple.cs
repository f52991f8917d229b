using System.Text.Json.Nodes;

namespace VppManager.Api.Hosting.Demo;

/// <summary>What one does at Apple: own licences of a location, download its token, see who has them. Over the fake service's control interface.</summary>
internal sealed class DemoApple(DemoClient client, string uid)
{
    private string Location => $"/fake/locations/{uid}";

    /// <summary>Makes the location unless it is there.</summary>
    public async Task EnsureLocationAsync(string name, string country, CancellationToken ct)
    {
        var known = (await client.LookAsync("/fake/locations", ct)).AsArray();
        if (!known.Any(one => one!["uid"]!.GetValue<string>() == uid))
            await client.PostAsync("/fake/locations", new { name, country, uid }, ct);
    }

    public async Task<bool> OwnsAsync(string adamId, CancellationToken ct) =>
        (await client.LookAsync($"{Location}/assets", ct)).AsArray().Any(one => one!["adamId"]!.GetValue<string>() == adamId);

    public Task OwnAsync(string adamId, object asset, CancellationToken ct) => client.PutAsync($"{Location}/assets/{adamId}", asset, ct);

    public Task DescribeAsync(string adamId, object product, CancellationToken ct) => client.PutAsync($"/fake/store/{adamId}", product, ct);

    public Task BuyAsync(string adamId, int count, CancellationToken ct) => client.PostAsync($"{Location}/assets/{adamId}/buy", new { count }, ct);

    /// <returns>The text of a <c>.vpptoken</c> file.</returns>
    public async Task<string> DownloadTokenAsync(string organization, string account, CancellationToken ct) =>
        (await client.PostAsync($"{Location}/tokens", new { orgName = organization, account }, ct))["vpptoken"]!.GetValue<string>();

    /// <returns>The serial numbers that have the app, in order.</returns>
    public async Task<IReadOnlyList<string>> HoldersAsync(string adamId, CancellationToken ct) =>
        [.. (await client.GetAsync($"{Location}/assignments?adamId={adamId}", ct)).AsArray().Select(Serial).Order(StringComparer.Ordinal)];

    private static string Serial(JsonNode? row) => row!["serialNumber"]?.GetValue<string>() ?? "";
}
