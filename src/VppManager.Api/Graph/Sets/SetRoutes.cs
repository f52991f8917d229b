using VppManager.Api.Access;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Graph.Sets;

/// <summary>The three addresses of a set, and the three of it seen as a derived type.</summary>
internal static class SetRoutes
{
    public static void MapSet<TItem>(this IEndpointRouteBuilder routes, GraphSet<TItem> set, string[] permissions) where TItem : Entity
    {
        routes.MapGet("", set.ListAsync).Reads<GraphPage<TItem>>(ODataOptionsKind.List, permissions);
        routes.MapGet("/$count", set.CountAsync).Reads<int>(ODataOptionsKind.Count, permissions);
        routes.MapGet("/{key}", set.OneAsync).Reads<TItem>(ODataOptionsKind.One, permissions);
    }

    public static void MapCast<TItem>(this IEndpointRouteBuilder routes, GraphSet<TItem> set, string[] permissions) where TItem : Entity
    {
        var cast = Model.GraphName.Full(typeof(TItem));
        routes.MapGet($"/{cast}", set.ListAsync).Reads<GraphPage<TItem>>(ODataOptionsKind.List, permissions);
        routes.MapGet($"/{cast}/$count", set.CountAsync).Reads<int>(ODataOptionsKind.Count, permissions);
        routes.MapGet("/{key}/" + cast, set.OneAsync).Reads<TItem>(ODataOptionsKind.One, permissions);
    }

    public static RouteHandlerBuilder Reads<TAnswer>(this RouteHandlerBuilder route, ODataOptionsKind kind, string[] permissions) =>
        route
            .Produces<TAnswer>(StatusCodes.Status200OK, kind == ODataOptionsKind.Count ? "text/plain" : "application/json")
            .WithODataOptions(kind)
            .RequirePermission(permissions);
}
