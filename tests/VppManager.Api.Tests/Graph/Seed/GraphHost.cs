using System.Text.Json;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Seed;

/// <summary>The service on a database of its own, with a small organisation in it and another beside it.</summary>
public sealed class GraphHost(PostgresFixture postgres) : ServiceFixture(postgres), IAsyncLifetime
{
    public const string Proxy = "10.1.2.3";

    public static readonly Guid Alpha = Guid.Parse("11111111-0000-0000-0000-000000000000");
    public static readonly Guid Beta = Guid.Parse("22222222-0000-0000-0000-000000000000");

    private ServiceHost? limited;

    private Task? large;

    internal HttpClient Ours { get; private set; } = null!;

    /// <summary>A second instance, on which a caller may send six requests, two of them writes, and a query may take two seconds.</summary>
    internal ServiceHost Limited => limited ??= AddHost(new Dictionary<string, string>
    {
        ["CallerLimits:Requests"] = "6",
        ["CallerLimits:Writes"] = "2",
        ["CallerLimits:Window"] = "01:00:00",
        ["Server:ReadTimeout"] = "00:00:02",
    });

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Server:TrustedProxies:0"] = Proxy };

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Ours = Client(Alpha);
        var seed = Path.Combine(AppContext.BaseDirectory, "Graph", "Seed", "Organisation.sql");
        await using var command = Owner.CreateCommand(await File.ReadAllTextAsync(seed, TestContext.Current.CancellationToken));
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Puts a large tenant beside the others, once.</summary>
    internal Task LargeAsync() => large ??= FillAsync();

    internal Task<JsonElement> GetAsync(string address, int status = 200) => GetAsync(Ours, address, status);

    private async Task FillAsync()
    {
        await using var command = Owner.CreateCommand(LargeTenant.Seed);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    internal static async Task<JsonElement> GetAsync(HttpClient client, string address, int status = 200)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}

/// <summary>The tests that share one host, each with a tenant of its own if it writes.</summary>
[CollectionDefinition(Name)]
public sealed class GraphCollection : ICollectionFixture<GraphHost>
{
    public const string Name = "Graph";
}
