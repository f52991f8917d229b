using System.Diagnostics;
using System.Globalization;

namespace VppManager.Benchmarks;

/// <summary>
/// The façade's answers against plain minimal-API endpoints over the same views and data, row-level security up on both sides, in one process
/// and one run: requests per second, medians of interleaved rounds, and the medians of their ratios round by round. Besides, the same by a caller who is bound to a scope tag.
/// </summary>
internal static class FacadeBenchmark
{
    private static readonly (string Name, string Graph, string Plain)[] Questions =
    [
        ("list of 100", "/v1.0/deviceAppManagement/vppTokens", "/plain/tokens"),
        ("get by id", $"/v1.0/deviceAppManagement/vppTokens/{FacadeSeed.TaggedToken}", $"/plain/tokens/{FacadeSeed.TaggedToken}"),
        ("filter, order, select", "/beta/deviceAppManagement/vppTokens?$filter=state eq 'valid'&$orderby=displayName&$select=id,displayName,state", "/plain/tokens/valid"),
        ("list of apps", "/v1.0/deviceAppManagement/mobileApps", "/plain/apps"),
        ("$expand=assignments", "/v1.0/deviceAppManagement/mobileApps?$expand=assignments", "/plain/apps/assignments"),
        ("$count", "/beta/deviceAppManagement/mobileApps/$count", "/plain/apps/count"),
    ];

    public static async Task<int> RunAsync(FacadeArguments arguments, TextWriter output, CancellationToken ct)
    {
        await using var database = await BenchDatabase.StartAsync(ct);
        var watch = Stopwatch.StartNew();
        var tenant = await FacadeSeed.RunAsync(database, arguments.Apps, arguments.Licenses, ct);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"data made in {watch.Elapsed.TotalSeconds:F0} s"));
        await using var host = await FacadeHost.StartAsync(database, tenant, ct);

        await output.WriteLineAsync($"{arguments.Apps:N0} apps, {arguments.Licenses:N0} licences, {arguments.Clients} clients; requests per second");
        await output.WriteLineAsync("question                    plain     facade   ratio     tagged   of facade");
        foreach (var question in Questions.Where(question => question.Name.Contains(arguments.Only, StringComparison.Ordinal))) await MeasureAsync(host, question, arguments, output, ct);
        await DepthAsync("first and last page", host.Client, arguments, output, ct);
        await DepthAsync("the same, tagged", host.Tagged, arguments, output, ct);
        return 0;
    }

    private static async Task MeasureAsync(
        FacadeHost host, (string Name, string Graph, string Plain) question, FacadeArguments arguments, TextWriter output, CancellationToken ct)
    {
        List<double> plain = [], graph = [], tagged = [];
        for (var run = -1; run < arguments.Runs; run++)
        {
            var (p, g, t) = (await RoundAsync(host.Client, question.Plain, arguments, ct), await RoundAsync(host.Client, question.Graph, arguments, ct),
                await RoundAsync(host.Tagged, question.Graph, arguments, ct));

            // The first round only warms up.
            if (run < 0) continue;

            plain.Add(p);
            graph.Add(g);
            tagged.Add(t);
        }

        // Rounds beside each other have the same machine; those far apart may not.
        var (ratio, ofFacade) = (Median([.. graph.Zip(plain, (g, p) => g / p)]), Median([.. tagged.Zip(graph, (t, g) => t / g)]));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{question.Name,-24} {Median(plain),8:F0} {Median(graph),10:F0} {ratio,7:F2} {Median(tagged),10:F0} {ofFacade,11:F2}"));
    }

    /// <summary>The last page costs what the first does: pages begin after a key, not after so many rows.</summary>
    private static async Task DepthAsync(string name, HttpClient client, FacadeArguments arguments, TextWriter output, CancellationToken ct)
    {
        var last = Guid.Parse($"00000000-0000-0000-0000-{Math.Max(arguments.Apps - 100, 1):D12}");
        var token = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"[\"{last}\"]")).TrimEnd('=');
        const string First = "/v1.0/deviceAppManagement/mobileApps?$select=id";
        var (first, deep) = (await RoundAsync(client, First, arguments, ct), await RoundAsync(client, $"{First}&$skiptoken={token}", arguments, ct));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {first,8:F0} {deep,10:F0} {deep / first,7:F2}"));
    }

    private static async Task<double> RoundAsync(HttpClient client, string address, FacadeArguments arguments, CancellationToken ct)
    {
        var watch = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, arguments.Clients).Select(async _ =>
        {
            var count = 0;
            for (; watch.Elapsed < arguments.Round; count++)
            {
                using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), ct);
                answer.EnsureSuccessStatusCode();
                await answer.Content.ReadAsByteArrayAsync(ct);
            }

            return count;
        }));
        return done.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}

/// <summary>How much and how long.</summary>
internal sealed record FacadeArguments(int Apps, int Licenses, int Runs, int Clients, TimeSpan Round, string Only)
{
    public static FacadeArguments Read(string[] args)
    {
        var read = new FacadeArguments(100_000, 1_000_000, 5, 16, TimeSpan.FromSeconds(3), "");
        for (var n = 0; n + 1 < args.Length; n += 2)
        {
            var value = args[n + 1];
            read = args[n] switch
            {
                "--apps" => read with { Apps = (int)Number(value) },
                "--licenses" => read with { Licenses = (int)Number(value) },
                "--runs" => read with { Runs = (int)Number(value) },
                "--clients" => read with { Clients = (int)Number(value) },
                "--seconds" => read with { Round = TimeSpan.FromSeconds(Number(value)) },
                "--only" => read with { Only = value },
                _ => throw new ArgumentException($"'{args[n]}' is not known."),
            };
        }

        return read;
    }

    private static double Number(string value) => double.Parse(value, CultureInfo.InvariantCulture);
}
