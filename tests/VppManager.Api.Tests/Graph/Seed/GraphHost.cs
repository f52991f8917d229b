using System.Text.Json;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Seed;

/// <summary>The service on a database of its own, with a small organisation in it and another beside it.</summary>
public sealed class GraphHost(PostgresFixture postgres) : ServiceFixture(postgres), IAsyncLifetime
{
    public static readonly Guid Alpha = Guid.Parse("11111111-0000-0000-0000-000000000000");
    public static readonly Guid Beta = Guid.Parse("22222222-0000-0000-0000-000000000000");

    internal HttpClient Ours { get; private set; } = null!;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Ours = Client(Alpha);
        var seed = Path.Combine(AppContext.BaseDirectory, "Graph", "Seed", "Organisation.sql");
        await using var command = Owner.CreateCommand(await File.ReadAllTextAsync(seed, TestContext.Current.CancellationToken));
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    internal Task<JsonElement> GetAsync(string address, int status = 200) => GetAsync(Ours, address, status);

    internal static async Task<JsonElement> GetAsync(HttpClient client, string address, int status = 200)
    {
        using var response = await client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }
}

/// <summary>The tests that only read share one host.</summary>
[CollectionDefinition(Name)]
public sealed class GraphCollection : ICollectionFixture<GraphHost>
{
    public const string Name = "Graph reads";
}
