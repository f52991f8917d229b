using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Wire;

/// <summary>
/// Random addresses, options and bodies: whatever comes, the answer is an answer in Graph's form, never a fault of ours, and it comes. VPP_FUZZ_REQUESTS
/// sets how many are sent, VPP_FUZZ_SEED which; the seed of a failure is in its message.
/// </summary>
[Collection(GraphCollection.Name)]
public sealed class FuzzTests(GraphHost graph, ITestOutputHelper output)
{
    private const int Lanes = 4;
    private const int OfOneTenant = 250;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Anything_SentAnywhere_IsNeverAFaultOfOurs()
    {
        var count = Number("VPP_FUZZ_REQUESTS", 400);
        var seed = Number("VPP_FUZZ_SEED", 20260822);
        var (statuses, faults, routes, began) = (new ConcurrentDictionary<int, int>(), new ConcurrentQueue<string>(), Routes(), TimeProvider.System.GetTimestamp());

        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(lane => LaneAsync(seed + lane, count / Lanes, routes, statuses, faults)));

        var histogram = string.Join(", ", statuses.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}"));
        output.WriteLine($"{statuses.Values.Sum()} requests of seed {seed} in {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F0} s. {histogram}");
        Assert.True(faults.IsEmpty, $"{faults.Count} faults, such as\n{string.Join('\n', faults.Take(20))}");
    }

    private static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    // What is deleted on the way makes the rest dull: every so often an organisation that is whole.
    private async Task LaneAsync(int seed, int count, List<FuzzRoute> routes, ConcurrentDictionary<int, int> statuses, ConcurrentQueue<string> faults)
    {
        var random = new Random(seed);
        FuzzRequests? requests = null;
        GraphTenant? tenant = null;
        for (var n = 0; n < count; n++)
        {
            if (n % OfOneTenant == 0) requests = new FuzzRequests(random, routes, tenant = await TenantAsync());
            using var request = requests!.Next();
            var what = $"seed {seed}, request {n}: {request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))}";
            if (await FaultAsync(tenant!, request, statuses) is { } fault) faults.Enqueue($"{what} -> {fault}");
        }
    }

    private async Task<GraphTenant> TenantAsync()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);
        await tenant.InstallAsync(tenant.Ios, tenant.IPad, "failed", -1);
        await tenant.InstallAsync(tenant.Book, tenant.IPad, "installed");
        return tenant;
    }

    private static async Task<string?> FaultAsync(GraphTenant tenant, HttpRequestMessage request, ConcurrentDictionary<int, int> statuses)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var answer = await tenant.Client.SendAsync(request, patience.Token);
            var (status, text) = ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(patience.Token));
            statuses.AddOrUpdate(status, 1, (_, many) => many + 1);
            if (status >= 500) return $"{status} {text}";
            if (text.StartsWith('<') && !text.StartsWith("<?xml", StringComparison.Ordinal)) return $"HTML: {text}";
            if (status >= 400 && !HasCode(text)) return $"{status} without a code: {text}";
            return null;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return $"no answer within {Patience.TotalSeconds} s";
        }
    }

    private static bool HasCode(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.GetProperty("error").GetProperty("code").GetString() is { Length: > 0 };
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private List<FuzzRoute> Routes() =>
    [
        .. graph.Hosts[0].Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => (Pattern: "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), Method: method)))
            .Where(one => one.Pattern.StartsWith("/v1.0/", StringComparison.Ordinal) || one.Pattern.StartsWith("/beta/", StringComparison.Ordinal))
            .Append((Pattern: "/v1.0/$batch", Method: "POST")).Append((Pattern: "/beta/$batch", Method: "POST"))
            .GroupBy(one => one.Pattern, one => one.Method, (pattern, methods) => new FuzzRoute(pattern, [.. methods.Distinct().Order(StringComparer.Ordinal)]))
            .OrderBy(route => route.Pattern, StringComparer.Ordinal),
    ];
}
