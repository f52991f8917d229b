using System.Text.Json;
using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;
using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Graph.Sets;

/// <summary>A collection that Graph has and in which there is never anything here. It refuses what a full one would refuse.</summary>
internal sealed class EmptySet<TItem>(GraphModel model, string path, Func<GraphReadContext, string, IQueryable<Entity>>? parents = null)
    where TItem : Entity
{
    private readonly SetPath place = new(path);
    private readonly QueryTarget target = new(model, typeof(TItem), []);
    private readonly QueryPlan plain = QueryPlan.Plain(new QueryTarget(model, typeof(TItem), []));
    private readonly PlanCache cache = new();

    public void Map(IEndpointRouteBuilder routes, Guard guard)
    {
        routes.MapGet("", ListAsync).Reads<GraphPage<TItem>>(ODataOptionsKind.List, guard);
        routes.MapGet("/$count", CountAsync).Reads<int>(ODataOptionsKind.Count, guard);
        routes.MapGet("/{key}", IResult (string key) => throw GraphFault.NotFound(typeof(TItem).Name, key))
            .Reads<TItem>(ODataOptionsKind.One, guard);
    }

    private async Task ListAsync(HttpContext http, GraphReads reads)
    {
        var plan = QueryText.Read(http.Request.Query) is { } text ? QueryPlan.ForMany(target, text, cache) : plain;
        await RequireParentAsync(http, reads);
        using var answer = JsonAnswer.Rent();
        new Page<TItem>([], Next: null, plan.Count ? 0 : null).Write(answer.Writer, place.Context(http, model), nextLink: null, plan);
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }

    private async Task CountAsync(HttpContext http, GraphReads reads)
    {
        if (QueryText.Read(http.Request.Query) is { } text) QueryPlan.ForCount(target, text, cache);
        await RequireParentAsync(http, reads);
        http.Response.ContentType = "text/plain";
        await http.Response.WriteAsync("0", http.RequestAborted);
    }

    private async Task RequireParentAsync(HttpContext http, GraphReads reads)
    {
        if (parents is null || SetPath.Parent(http) is not { } parent) return;

        await using var db = reads.For(http);
        if (!await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.AnyAsync(parents(db, parent), http.RequestAborted))
            throw GraphFault.NotFound();
    }
}
