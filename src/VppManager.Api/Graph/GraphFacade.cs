using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Graph.Batch;
using VppManager.Api.Graph.Endpoints;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Paths;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Hosting;

namespace VppManager.Api.Graph;

/// <summary>Puts the façade together.</summary>
internal static class GraphFacade
{
    public static IServiceCollection AddGraph(this IServiceCollection services) =>
        services
            .AddPooledDbContextFactory<GraphReadContext>((provider, options) => options
                .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>(), npgsql => npgsql.CommandTimeout(ReadTimeout(provider)))
                .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
                .AddInterceptors(provider.GetRequiredService<TenantWall>()))
            .AddScoped<Repeats>()
            .AddSingleton<GraphReads>()
            .AddSingleton<BatchPipeline>();

    private static int ReadTimeout(IServiceProvider provider) =>
        Math.Max(1, (int)provider.GetRequiredService<IOptions<ServerOptions>>().Value.ReadTimeout.TotalSeconds);

    /// <summary>First of all: where the requests of a batch begin.</summary>
    public static void UseGraphBatches(this IApplicationBuilder app)
    {
        var pipeline = app.ApplicationServices.GetRequiredService<BatchPipeline>();
        app.Use(pipeline.BeginsWith);
    }

    /// <summary>Before routing: batches are taken apart, and addresses get the one form that is routed.</summary>
    public static void UseGraphPaths(this IApplicationBuilder app)
    {
        app.UseMiddleware<GraphBatch>();
        app.UseMiddleware<PathForms>();
    }

    public static void MapGraph(this IEndpointRouteBuilder routes)
    {
        foreach (var model in GraphModel.Versions)
        {
            var version = routes.MapGroup("/" + model.Version).AddEndpointFilter<RouteGroupBuilder, GraphErrors>();

            version.MapSingletons(model);
            version.MapTokens(model);
            version.MapApps(model);
            version.MapAssignments(model);
            version.MapLicenses(model);
            version.MapUsers(model);
            version.MapGroups(model);
            version.MapDevices(model);
            version.MapTokenWrites(model);
            version.MapBooks(model);
            version.MapDirectoryLinks(model);
            version.MapInstallStates(model);
            version.MapReports(model);
            version.MapExports(model);
            version.MapTroubleshooting(model);
            version.MapAudit(model);
            version.MapRoles(model);
            version.MapScopeTags(model);
            version.MapRoleWrites(model);
            version.MapScopeTagWrites(model);
            version.MapAppWrites(model);
            version.MapCategoryWrites(model);
            version.MapBookWrites(model);
            version.MapAssignmentWrites(model);
            version.MapLicenseActions(model);
            version.MapDirectoryWrites(model);
        }
    }
}
