using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Core;

namespace VppManager.Api.Apps;

/// <summary>What the store says of an app, with what Graph has no room for.</summary>
/// <param name="Country">The country of the store that answered; null when none knew the app.</param>
/// <param name="ReadDateTime">When a store was asked last.</param>
/// <param name="Edited">Properties that an administrator changed, which no store overwrites.</param>
internal sealed record AppMetadataView(
    Guid Id, string AdamId, string? DisplayName, string? Publisher, string? BundleId, string? AppStoreUrl, string? IconUrl,
    IReadOnlyList<string> Genres, IReadOnlyList<string> DeviceFamilies, IReadOnlyList<string> Platforms, string? MinimumOsVersion,
    string? LatestVersion, DateTimeOffset? LatestVersionDateTime, string? Country, DateTimeOffset? ReadDateTime, IReadOnlyList<string> Edited);

internal static class AppEndpoints
{
    public static void MapApps(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/vpp/apps/{id:guid}/metadata", MetadataAsync).WithTags("Apps")
            .RequirePermission(GraphPermissions.ReadApps)
            .WithSummary("What the store says of an app: its latest version and that one's date, the systems it needs, and which country's store answered");

    private static async Task<Results<Ok<AppMetadataView>, ProblemHttpResult>> MetadataAsync(Guid id, Caller caller, VppContext context, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var view = await context.Apps.AsNoTracking().Where(app => app.Id == id)
            .Join(context.Pools, app => app.PoolId, pool => pool.Id, (app, pool) => new AppMetadataView(
                app.Id, pool.AdamId, app.DisplayName, app.Publisher, app.BundleId, app.AppStoreUrl, app.IconUrl, app.Genres, app.DeviceFamilies, pool.Platforms,
                app.MinimumOsVersion, app.LatestVersion, app.LatestVersionAt, app.MetadataCountry, app.MetadataAt, app.Edited))
            .FirstOrDefaultAsync(ct);
        return view is null ? Problems.Of(VppError.NotFound("app", id.ToString())) : TypedResults.Ok(view);
    }
}
