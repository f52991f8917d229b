using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VppManager.Api.Access;
using VppManager.Api.Hosting;
using VppManager.Api.Tests.Graph.Seed;

[assembly: AssemblyFixture(typeof(GraphHost))]

namespace VppManager.Api.Tests.Graph.Seed;

/// <summary>The service on a database of its own, with a small organisation in it and another beside it.</summary>
public sealed class GraphHost : IAsyncLifetime
{
    public static readonly Guid Alpha = Guid.Parse("11111111-0000-0000-0000-000000000000");
    public static readonly Guid Beta = Guid.Parse("22222222-0000-0000-0000-000000000000");

    private readonly string folder = System.IO.Directory.CreateTempSubdirectory("vpp-graph-").FullName;
    private WebApplicationFactory<DatabaseConnections>? factory;

    public HttpClient Client { get; private set; } = null!;

    internal IServiceProvider Services => factory!.Services;

    public async ValueTask InitializeAsync()
    {
        factory = new WebApplicationFactory<DatabaseConnections>().WithWebHostBuilder(host => host
            .UseEnvironment("Development")
            .UseSetting("Database:DataDirectory", folder));
        Client = As(Alpha);

        await using var owner = NpgsqlDataSource.Create(Services.GetRequiredService<DatabaseConnections>().Owner);
        await using var seed = owner.CreateCommand(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Graph", "Seed", "Organisation.sql")));
        await seed.ExecuteNonQueryAsync();
    }

    /// <summary>A client that calls as an application of the tenant, with every permission.</summary>
    public HttpClient As(Guid tenant, params string[] permissions)
    {
        var client = factory!.CreateClient();
        var key = DevelopmentKey.ReadOrCreate(folder);
        var request = new DevelopmentTokenRequest(
            tenant, "ann@alpha.example", permissions.Length == 0 ? DevelopmentTokens.AllPermissions : permissions, Application: true, []);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", DevelopmentTokens.Create(request, key, TimeProvider.System.GetUtcNow()));
        return client;
    }

    public async Task<JsonElement> GetAsync(string address, int status = 200)
    {
        using var response = await Client.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await factory!.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
    }
}
