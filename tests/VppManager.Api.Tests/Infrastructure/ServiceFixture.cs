using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Npgsql;
using VppManager.Api.Access;
using VppManager.FakeApple;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>For one test class: a database, a fake Apple service, and one or more instances of the service. Tests share nothing but these: each has its own tenant.</summary>
public class ServiceFixture(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly List<ServiceHost> hosts = [];

    public FakeAppleServer Apple { get; } = FakeAppleServer.Start();

    /// <summary>The owner's connection: sees every tenant.</summary>
    internal NpgsqlDataSource Owner { get; private set; } = null!;

    internal string ConnectionString { get; private set; } = "";

    internal IReadOnlyList<ServiceHost> Hosts => hosts;

    /// <summary>What instances wrote that were processes of their own.</summary>
    internal LogKeeper ProcessLog { get; } = new();

    /// <summary>What the traces of this process said since the class began, those of classes beside it included.</summary>
    internal TraceKeeper Traces { get; } = new();

    /// <summary>Where the keys are.</summary>
    protected string Folder => postgres.Folder;

    /// <summary>How many instances of the service run on the database.</summary>
    protected virtual int Instances => 1;

    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    public virtual async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateDatabaseAsync();
        Owner = NpgsqlDataSource.Create(ConnectionString);
        for (var n = 0; n < Instances; n++)
        {
            var host = new ServiceHost(ConnectionString, postgres.Folder, Apple.BaseAddress, Settings);
            hosts.Add(host);
            Start(host, n);
        }
    }

    /// <summary>Starts an instance; in process, unless Apple has to reach it.</summary>
    private protected virtual void Start(ServiceHost host, int instance) => _ = host.Server;

    /// <summary>One more instance on the same database, with settings of its own.</summary>
    internal ServiceHost AddHost(IReadOnlyDictionary<string, string> settings)
    {
        hosts.Add(new ServiceHost(ConnectionString, postgres.Folder, Apple.BaseAddress, settings));
        return hosts[^1];
    }

    /// <summary>What the service needs as a process of its own on this database and this Apple, besides what the test asks for.</summary>
    internal Dictionary<string, string> ProcessSettings(IReadOnlyDictionary<string, string> settings) => new(settings)
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ConnectionStrings:VppManager"] = ConnectionString,
        ["Database:DataDirectory"] = Folder,
        ["Database:MigrateAtStart"] = "false",
        ["Apple:BaseAddress"] = Apple.BaseAddress.ToString(),
        ["Sync:SpreadOver"] = "00:00:00",
    };

    /// <summary>A new tenant with its own location at Apple.</summary>
    internal Organization Organization(string country = "US") => new(this, Apple.AddLocation("Headquarters", country));

    internal HttpClient Client(Guid tenant, int instance = 0, string user = "admin@example.com", IReadOnlyList<string>? permissions = null, bool application = false)
    {
        var client = hosts[instance].CreateDefaultClient(new RedirectHandler(), new KeepErrors(hosts[instance].Log));
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token(tenant, user, permissions, application));
        return client;
    }

    internal string Token(Guid tenant, string user = "admin@example.com", IReadOnlyList<string>? permissions = null, bool application = false) =>
        Token(new DevelopmentTokenRequest(tenant, user, permissions ?? DevelopmentTokens.AllPermissions, application, []));

    internal Microsoft.IdentityModel.Tokens.SecurityKey SigningKey => DevelopmentKey.ReadOrCreate(postgres.Folder);

    internal string Token(DevelopmentTokenRequest request) => DevelopmentTokens.Create(
        request, DevelopmentKey.ReadOrCreate(postgres.Folder), TimeProvider.System.GetUtcNow());

    /// <summary>The secrets of Apple's side, and the key that tokens of callers are signed with.</summary>
    internal virtual IEnumerable<string> Secrets =>
        LogKeeper.SecretsOf(Apple).Append(Convert.ToBase64String(DevelopmentKey.ReadOrCreate(postgres.Folder).Key));

    public virtual async ValueTask DisposeAsync()
    {
        try
        {
            foreach (var host in hosts) await host.DisposeAsync();
            await Owner.DisposeAsync();
            await Apple.DisposeAsync();
            Traces.Dispose();
            var faults = Faults().ToList();
            Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        }
        catch (Exception fault)
        {
            // What a fixture throws at its end is told without its message.
            TestContext.Current.SendDiagnosticMessage("{0} ended badly: {1}", GetType().Name, fault);
            throw;
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>What no test of the class looked at, and must hold for all of them.</summary>
    private IEnumerable<string> Faults()
    {
        foreach (var address in hosts.SelectMany(host => host.Unplanned).Distinct()) yield return $"a call nobody planned: {address}";
        foreach (var leak in LogKeeper.Leaks(hosts.SelectMany(host => host.Log.Lines).Concat(ProcessLog.Lines).Concat(Traces.Lines), Secrets))
            yield return $"a log line, refusal or trace gives a secret away: {leak}";
        var limit = Apple.Settings.Limits.MaxRequestPerSecond;
        foreach (var hurried in Apple.Locations.Where(one => one.MostRequestsPerSecond > limit))
            yield return $"more than {limit} requests within a second at {hurried.Uid} {hurried.Name}: {hurried.MostRequestsPerSecond}";
    }
}
