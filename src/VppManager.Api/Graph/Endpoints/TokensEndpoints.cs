using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;

namespace VppManager.Api.Graph.Endpoints;

internal static class TokensEndpoints
{
    private static readonly string[] SearchedInSummaries =
        [nameof(VppTokenLicenseSummary.AppleId), nameof(VppTokenLicenseSummary.OrganizationName)];

    public static void MapTokens(this IEndpointRouteBuilder version, GraphModel model)
    {
        var routes = version.MapGroup("/deviceAppManagement/vppTokens").WithTags("Tokens");

        routes.MapSet(Set(model), GraphPermissions.ReadTokens);

        if (model.IsBeta)
        {
            routes.MapGet("/getLicensesForApp(bundleId='{bundleId}')", LicensesForApp)
                .Produces<GraphPage<VppTokenLicenseSummary>>()
                .WithSummary("What each token owns of an app")
                .RequirePermission(GraphPermissions.ReadTokens);
            version.MapGet("/deviceManagement/depOnboardingSettings/getExpiringVppTokenCount(expiringBeforeDateTime='{moment}')",
                ExpiringAsync)
                .WithTags("Tokens")
                .WithSummary("How many tokens expire before a moment")
                .RequirePermission(GraphPermissions.ReadTokens);
        }
    }

    public static GraphSet<VppToken> Set(GraphModel model) =>
        new(model, "deviceAppManagement/vppTokens", (db, _) => db.VppTokens,
            nameof(VppToken.DisplayName), nameof(VppToken.OrganizationName), nameof(VppToken.AppleId));

    private static async Task LicensesForApp(HttpContext http, GraphReads reads, string bundleId)
    {
        await using var db = reads.For(http);
        var query = ComplexQuery<VppTokenLicenseSummary>.Of(Summaries(db, bundleId), GraphModel.Beta, http.Request, SearchedInSummaries);
        var count = query.Count ? await query.Restricted.CountAsync(http.RequestAborted) : (int?)null;
        await ComplexAnswer.SendManyAsync(http, GraphModel.Beta, await query.PageAsync(row => row.VppTokenId, http.RequestAborted), count);
    }

    private static async Task ExpiringAsync(HttpContext http, GraphReads reads, string moment)
    {
        if (!DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var until))
            throw GraphFault.BadRequest($"'{moment}' is no date and time.");

        await using var db = reads.For(http);
        var utc = until.ToUniversalTime();
        await ComplexAnswer.SendNumberAsync(http, GraphModel.Beta,
            await db.VppTokens.CountAsync(token => token.ExpirationDateTime < utc, http.RequestAborted));
    }

    // An app for both platforms is two apps on one pool: a token has it once.
    private static IQueryable<VppTokenLicenseSummary> Summaries(GraphReadContext db, string bundleId) =>
        db.IosVppApps.Where(app => app.BundleId == bundleId)
            .Select(app => new
            {
                app.VppTokenId,
                app.VppTokenAppleId,
                app.VppTokenOrganizationName,
                app.TotalLicenseCount,
                app.UsedLicenseCount
            })
            .Union(db.MacOsVppApps.Where(app => app.BundleId == bundleId)
                .Select(app => new
                {
                    app.VppTokenId,
                    app.VppTokenAppleId,
                    app.VppTokenOrganizationName,
                    app.TotalLicenseCount,
                    app.UsedLicenseCount
                }))
            .Select(app => new VppTokenLicenseSummary
            {
                VppTokenId = app.VppTokenId,
                AppleId = app.VppTokenAppleId,
                OrganizationName = app.VppTokenOrganizationName,
                AvailableLicenseCount = app.TotalLicenseCount - app.UsedLicenseCount,
                UsedLicenseCount = app.UsedLicenseCount,
            });
}
