using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Access;
using VppManager.Api.Apps;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Api.Directory.Mdm;
using VppManager.Api.Graph;
using VppManager.Api.Hosting;
using VppManager.Api.Licenses;
using VppManager.Api.Reports;
using VppManager.Api.Sync;
using VppManager.Api.Tokens;

namespace VppManager.Benchmarks;

/// <summary>The service as it is, with the plain endpoints beside it, on a port of its own.</summary>
internal sealed class FacadeHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private FacadeHost(WebApplication app, HttpClient client, HttpClient tagged) => (this.app, Client, Tagged) = (app, client, tagged);

    /// <summary>An administrator of everything.</summary>
    public HttpClient Client { get; }

    /// <summary>An administrator who is bound to a scope tag.</summary>
    public HttpClient Tagged { get; }

    public static async Task<FacadeHost> StartAsync(BenchDatabase database, Guid tenant, CancellationToken ct)
    {
        var app = Build(database);
        await app.StartAsync(ct);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var request = new DevelopmentTokenRequest(tenant, "bench@example.com", DevelopmentTokens.AllPermissions, Application: false, [], Administrator: true);
        var bound = request with { User = "tagged@example.com", Groups = [FacadeSeed.TaggedAdministrators], Administrator = false };
        return new FacadeHost(app, ClientOf(database, address, request), ClientOf(database, address, bound));
    }

    private static HttpClient ClientOf(BenchDatabase database, string address, DevelopmentTokenRequest request)
    {
        var token = DevelopmentTokens.Create(request, DevelopmentKey.ReadOrCreate(database.Folder), TimeProvider.System.GetUtcNow());
        return new HttpClient { BaseAddress = new Uri(address), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Tagged.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static WebApplication Build(BenchDatabase database)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:VppManager"] = database.ConnectionString,
            ["Database:DataDirectory"] = database.Folder,
            ["Database:MigrateAtStart"] = "false",
            ["Serilog:MinimumLevel:Default"] = "Error",
            ["Apple:BaseAddress"] = "http://127.0.0.1:9",
        });
        builder.AddLogging();
        builder.AddTelemetry();
        builder.AddServer();
        builder.AddDatabaseConnections();
        builder.AddDatabase();
        builder.AddAccess();
        builder.AddRoles();
        builder.AddCallerLimits();
        builder.AddTokens();
        builder.AddApps();
        builder.AddSync();
        builder.AddAudit();
        builder.AddReports();
        builder.AddDirectory();
        builder.AddLicensing();
        builder.AddMdm();
        builder.AddAppleAccounts();
        builder.Services.AddGraph();

        var app = builder.Build();
        app.UseGraphBatches();
        app.UseServer();
        app.UseGraphPaths();
        app.UseRouting();
        app.UseAccess();
        app.MapGraph();
        app.MapPlain();
        return app;
    }
}
