using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using VppManager.Api.Reports;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Access;

/// <summary>An instance that logs all there is to log, and has all secrets there are: Apple can reach it, it has a developer's key, its metrics a token.</summary>
public sealed class TalkativeService : ServiceFixture
{
    internal const string MetricsToken = "metrics-token-for-tests";

    private static readonly string[] Sources = ["Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Npgsql", "System.Net.Http.HttpClient"];

    private readonly int port = ServiceProcess.FreePort();

    // A slow machine must not look like a lost notification.
    public TalkativeService(PostgresFixture postgres) : base(postgres) => Apple.Settings.Webhooks.Timeout = TimeSpan.FromMinutes(1);

    private FakeDeveloperKey Key => field ??= Apple.Developers.Issue();

    protected override IReadOnlyDictionary<string, string> Settings => field ??=
        new Dictionary<string, string>(Sources.Select(source => KeyValuePair.Create($"Serilog:MinimumLevel:Override:{source}", "Verbose")))
        {
            ["Serilog:MinimumLevel:Default"] = "Verbose",
            ["Apple:Retries"] = "1",
            ["Apple:RetryDelay"] = "00:00:00.05",
            ["Apple:CatalogAddress"] = new Uri(Apple.BaseAddress, "v1").ToString(),
            ["Apple:DeveloperKeyId"] = Key.KeyId,
            ["Apple:DeveloperTeamId"] = Key.TeamId,
            ["Apple:DeveloperKey"] = Key.PrivateKeyPem,
            ["Metrics:Token"] = MetricsToken,
            ["Public:BaseAddress"] = $"http://127.0.0.1:{port}",
            ["Licensing:FirstPollWithNotifications"] = "00:00:01",
        };

    internal override IEnumerable<string> Secrets => base.Secrets.Append(MetricsToken).Concat(Key.PrivateKeyPem.Split('\n').Where(line => line.Length > 20 && line[0] != '-'));

    private protected override void Start(ServiceHost host, int instance)
    {
        host.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        host.StartServer();
    }
}

/// <summary>
/// Secrets are in no log line, no refusal, no trace, no metric, no export, and not in the database as they are (T16). Every class with a service is looked through when it ends
/// (<see cref="ServiceFixture.DisposeAsync"/>); this one does what handles secrets, on an instance that says everything.
/// </summary>
[Trait("Rule", "T16")]
public sealed class SecretTests(TalkativeService service) : IClassFixture<TalkativeService>
{
    private const string Tokens = "/beta/deviceAppManagement/vppTokens";
    private const string Exports = "/beta/deviceManagement/reports/exportJobs";

    [Fact]
    public async Task Secrets_InWhateverIsSaid_AreNowhere()
    {
        using var database = new TraceKeeper("Npgsql");
        var organization = service.Organization();
        organization.Location.AddAsset("8800001", 5);
        organization.Location.AddUsers("u-1");
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("8800001"), await organization.GroupAsync());
        await organization.ImportUsersAsync(group, ["kim"]);
        await organization.AssignAsync(app, group, useDeviceLicensing: false);
        await organization.HeldAsync(app, 1);
        await FailAsync(organization, token);

        var lines = service.Hosts.SelectMany(host => host.Log.Lines).ToList();
        Assert.Contains(lines, line => line.StartsWith("Debug", StringComparison.Ordinal));
        Assert.Contains(service.Traces.Lines, trace => trace.Contains("client/config", StringComparison.Ordinal));
        Assert.Contains(database.Lines, trace => trace.StartsWith("Npgsql", StringComparison.Ordinal));
        Assert.NotNull(organization.Location.NotificationAuthToken);
        Assert.Empty(LogKeeper.Leaks(lines.Concat(service.Traces.Lines).Concat(database.Lines), service.Secrets));
        var dump = await DumpAsync();
        Assert.Contains(dump, row => row.Contains("CfDJ8", StringComparison.Ordinal));
        Assert.Empty(LogKeeper.Leaks(dump, service.Secrets));
        var metrics = await MetricsAsync();
        Assert.Contains("vpp_apple_requests", metrics, StringComparison.Ordinal);
        Assert.Empty(LogKeeper.Leaks([metrics], service.Secrets));
        var (files, links) = await ExportsAsync(organization, app);
        Assert.Empty(LogKeeper.Leaks(files, service.Secrets));

        // Whoever has the address of an export has its file. The client's own traces have it, of course.
        var served = await Eventually.IsAsync(
            () => Task.FromResult(service.Traces.Lines.Where(trace => trace.StartsWith("Microsoft.AspNetCore ", StringComparison.Ordinal)).ToList()),
            seen => seen.Exists(trace => trace.Contains("/vpp/exports/{link}", StringComparison.Ordinal)));
        Assert.Empty(LogKeeper.Leaks([.. served, await MetricsAsync(), .. await DumpAsync()], links));
        Assert.Empty(LogKeeper.Leaks(service.Hosts.SelectMany(host => host.Log.Lines), [TalkativeService.MetricsToken]));
    }

    [Fact]
    public void Leak_OfOneSecret_IsFound()
    {
        var organization = service.Organization();
        var token = organization.Location.IssueToken();

        Assert.Single(LogKeeper.Leaks([$"Sent with {token.Secret}!", "Nothing here"], service.Secrets));
        Assert.Single(LogKeeper.Leaks([$"Bearer {token.VpptokenFile}"], service.Secrets));
    }

    /// <summary>Every row of every table, as a dump of the database has them.</summary>
    private async Task<List<string>> DumpAsync()
    {
        var tables = await service.ColumnAsync<string>("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('public', 'quartz')");
        Assert.True(tables.Count > 40, $"{tables.Count} tables");
        return await service.ColumnAsync<string>(string.Join(" union all ", tables.Select(table => $"select t::text from {table} t")));
    }

    private async Task<string> MetricsAsync()
    {
        using var client = service.Hosts[0].CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", TalkativeService.MetricsToken);
        return await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
    }

    /// <summary>The file of every report that can be exported, and the part of each address that gives it away.</summary>
    private static async Task<(List<string> Files, List<string> Links)> ExportsAsync(Organization organization, Guid app)
    {
        var (files, links) = (new List<string>(), new List<string>());
        foreach (var report in ReportCatalog.Exported.Keys)
        {
            var job = await organization.PostAsync(Exports, new { reportName = report, format = "csv", filter = report.EndsWith("ByApp", StringComparison.Ordinal) ? $"(ApplicationId eq '{app}')" : null });
            var url = (await organization.GetAsync($"{Exports}('{job["id"]}')"))["url"]!.GetValue<string>();
            links.Add(url.Split('/')[^1]);
            await using var zip = await organization.Client.GetStreamAsync(url, TestContext.Current.CancellationToken);
            using var archive = new ZipArchive(zip);
            using var reader = new StreamReader(archive.Entries.Single().Open());
            files.Add(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        }

        Assert.Contains(files, file => file.Contains("8800001", StringComparison.Ordinal) || file.Contains("kim", StringComparison.Ordinal));
        return (files, links);
    }

    /// <summary>What goes wrong is told at length: refusals, lost answers, dead tokens, files that cannot be read.</summary>
    private async Task FailAsync(Organization organization, Guid token)
    {
        service.Apple.Faults.Next("assets", 1, Fault.Error(9603, 500), organization.Location.Uid);
        service.Apple.Faults.Next("users", 1, Fault.Truncated(), organization.Location.Uid);
        await organization.SyncAsync(token);
        var file = organization.Location.IssueToken(revokeOlder: true).VpptokenFile;
        await organization.SyncAsync(token);
        using var broken = await organization.Client.PostAsJsonAsync(Tokens, new { token = file + "!", dataSharingConsentGranted = true }, TestContext.Current.CancellationToken);
        using var elsewhere = await organization.Client.PatchAsJsonAsync(
            $"{Tokens}/{token}", new { token = service.Apple.AddLocation("Elsewhere").IssueToken().VpptokenFile }, TestContext.Current.CancellationToken);
        Assert.False(broken.IsSuccessStatusCode || elsewhere.IsSuccessStatusCode);
        await organization.PatchAsync($"{Tokens}/{token}", new { token = file });
        await organization.SyncedAsync(token);
    }
}
