using VppManager.Api.Access;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Graph.Sets;

/// <summary>The three addresses of a set, and the three of it seen as a derived type.</summary>
internal static class SetRoutes
{
    public static void MapSet<TItem>(this IEndpointRouteBuilder routes, GraphSet<TItem> set, Guard guard) where TItem : Entity
    {
        routes.MapGet("", set.ListAsync).Reads<GraphPage<TItem>>(ODataOptionsKind.List, guard);
        routes.MapGet("/$count", set.CountAsync).Reads<int>(ODataOptionsKind.Count, guard);
        routes.MapGet("/{key}", set.OneAsync).Reads<TItem>(ODataOptionsKind.One, guard);
    }

    public static void MapCast<TItem>(this IEndpointRouteBuilder routes, GraphSet<TItem> set, Guard guard) where TItem : Entity
    {
        var cast = Model.GraphName.Full(typeof(TItem));
        routes.MapGet($"/{cast}", set.ListAsync).Reads<GraphPage<TItem>>(ODataOptionsKind.List, guard);
        routes.MapGet($"/{cast}/$count", set.CountAsync).Reads<int>(ODataOptionsKind.Count, guard);
        routes.MapGet("/{key}/" + cast, set.OneAsync).Reads<TItem>(ODataOptionsKind.One, guard);
    }

    public static RouteHandlerBuilder Reads<TAnswer>(this RouteHandlerBuilder route, ODataOptionsKind kind, Guard guard) =>
        route
            .Produces<TAnswer>(StatusCodes.Status200OK, kind == ODataOptionsKind.Count ? "text/plain" : "application/json")
            .WithODataOptions(kind)
            .RequirePermission(guard);
}
