using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;

namespace VppManager.Benchmarks;

/// <summary>The same questions as plain endpoints: the same views, the same walls, the same permission, System.Text.Json as it comes.</summary>
internal static class PlainEndpoints
{
    public static void MapPlain(this IEndpointRouteBuilder routes)
    {
        var plain = routes.MapGroup("/plain").RequirePermission(GraphPermissions.ReadTokens);

        plain.MapGet("/tokens", async (HttpContext http, GraphReads reads, CancellationToken ct) =>
        {
            await using var db = reads.For(http);
            return Results.Ok(await db.VppTokens.OrderBy(token => token.Id).Take(100).ToListAsync(ct));
        });
        plain.MapGet("/tokens/{id}", async (HttpContext http, GraphReads reads, string id, CancellationToken ct) =>
        {
            await using var db = reads.For(http);
            return Results.Ok(await db.VppTokens.FirstOrDefaultAsync(token => token.Id == id, ct));
        });
        plain.MapGet("/tokens/valid", async (HttpContext http, GraphReads reads, CancellationToken ct) =>
        {
            await using var db = reads.For(http);
            return Results.Ok(await db.VppTokens.Where(token => token.State == VppTokenState.Valid).OrderBy(token => token.DisplayName).ThenBy(token => token.Id)
                .Take(100).Select(token => new { token.Id, token.DisplayName, token.State }).ToListAsync(ct));
        });
        plain.MapGet("/apps", async (HttpContext http, GraphReads reads, CancellationToken ct) =>
        {
            await using var db = reads.For(http);
            return Results.Ok(Typed(await db.MobileApps.OrderBy(app => app.Id).Take(100).ToListAsync(ct)));
        });
        plain.MapGet("/apps/assignments", async (HttpContext http, GraphReads reads, CancellationToken ct) =>
        {
            await using var db = reads.For(http);
            return Results.Ok(Typed(await db.MobileApps.Include(app => app.Assignments).OrderBy(app => app.Id).Take(100).ToListAsync(ct)));
        });
        plain.MapGet("/apps/count", async (HttpContext http, GraphReads reads, CancellationToken ct) =>
        {
            await using var db = reads.For(http);
            return Results.Text((await db.MobileApps.CountAsync(ct)).ToString(System.Globalization.CultureInfo.InvariantCulture));
        });
    }

    // Every app is written as what it is.
    private static List<object> Typed(List<MobileApp> apps) => [.. apps];
}
