using System.Linq.Expressions;
using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Relations;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Who is in a group, and in which groups something is: directly, and by way of groups in groups.</summary>
internal static class MembershipRoutes
{
    /// <summary>What $search looks into.</summary>
    private const string Name = nameof(User.DisplayName);

    public static void MapMembers(IEndpointRouteBuilder version, GraphModel model)
    {
        Map(version, model, "members", DirectoryRows.OfAddress(DirectoryRows.Members));
        Map(version, model, "transitiveMembers", DirectoryRows.OfAddress(DirectoryRows.TransitiveMembers));
    }

    public static void MapGroupsOf(
        IEndpointRouteBuilder version,
        GraphModel model,
        string members,
        Func<GraphReadContext, string, IQueryable<Entity>> one,
        Func<GraphReadContext, string, IQueryable<string>>? named)
    {
        Map(version, model, members, "memberOf", one, named, DirectoryRows.OfAddress(DirectoryRows.MemberOf));
        Map(version, model, members, "transitiveMemberOf", one, named, DirectoryRows.OfAddress(DirectoryRows.TransitiveMemberOf));
    }

    private static void Map(
        IEndpointRouteBuilder version,
        GraphModel model,
        string name,
        Expression<Func<GraphReadContext, string?, IQueryable<DirectoryObject>>> source)
    {
        static IQueryable<Entity> Group(GraphReadContext db, string id) => db.Groups.Where(group => group.Id == id);

        var routes = Map(version, model, "groups", name, Group, named: null, source);
        MapCast<User>(routes, model, source);
        MapCast<Device>(routes, model, source);
        MapCast<Group>(routes, model, source);
    }

    private static RouteGroupBuilder Map(
        IEndpointRouteBuilder version,
        GraphModel model,
        string owners,
        string name,
        Func<GraphReadContext, string, IQueryable<Entity>> one,
        Func<GraphReadContext, string, IQueryable<string>>? named,
        Expression<Func<GraphReadContext, string?, IQueryable<DirectoryObject>>> source)
    {
        var routes = version.MapGroup($"/{owners}/{{{SetPath.ParentKey}}}/{name}").WithTags("Groups");
        routes.MapSet(new GraphSet<DirectoryObject>(model, "directoryObjects", source, Name) { Parents = one, ParentNamed = named },
            GraphPermissions.ReadMembers);
        return routes;
    }

    // rows => rows.OfType<TMember>()
    private static void MapCast<TMember>(
        RouteGroupBuilder routes,
        GraphModel model,
        Expression<Func<GraphReadContext, string?, IQueryable<DirectoryObject>>> source) where TMember : DirectoryObject
    {
        var cast = Expression.Lambda<Func<GraphReadContext, string?, IQueryable<TMember>>>(
            Expression.Call(typeof(Queryable), nameof(Queryable.OfType), [typeof(TMember)], source.Body), source.Parameters);
        var set = new GraphSet<TMember>(model, GraphName.Of(typeof(TMember)) + "s", cast, Name)
        {
            Parents = (db, id) => db.Groups.Where(group => group.Id == id),
        };
        routes.MapCast(set, GraphPermissions.ReadMembers);
    }
}
