using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Relations;

/// <summary>Rows of the database, by the id of their owner: at most so many of each owner.</summary>
/// <param name="property">The navigation property.</param>
/// <param name="source">The rows of an owner.</param>
/// <param name="most">How many of each.</param>
/// <param name="isLinked">Whether the answer says where the rest is.</param>
internal sealed class RowRelation<TOwner, TItem>(
    PropertyInfo property, Expression<Func<GraphReadContext, string, IQueryable<TItem>>> source, int most, bool isLinked) : Relation(property)
    where TOwner : Entity
    where TItem : Entity
{
    private bool IsMany => Property.PropertyType != typeof(TItem);

    public override async Task FillAsync(
        GraphReadContext db, GraphModel model, IReadOnlyList<Entity> owners, Expansion expansion, CancellationToken ct)
    {
        var wanted = expansion.Item.TopOption is { } top ? (int)Math.Min(top, most) : most;
        var asksForMore = isLinked && !(expansion.Item.TopOption <= most);
        var ids = owners.Select(owner => owner.Id).ToArray();
        var rows = wanted == 0 ? [] : await Query(db, model, ids, expansion, asksForMore ? wanted + 1 : wanted).ToListAsync(ct);
        var byOwner = rows.ToLookup(row => row.Owner, row => row.Item);

        foreach (var owner in owners) Property.SetValue(owner, ValueOf([.. byOwner[owner.Id]], wanted, expansion));
    }

    private object? ValueOf(List<TItem> items, int wanted, Expansion expansion) =>
        !IsMany ? items.FirstOrDefault() : items.Count > wanted ? new FirstOf<TItem>(items.Take(wanted), expansion.Rest(wanted)) : items;

    // owners.SelectMany(owner => rows of owner, (owner, item) => new Owned { .. }): one statement, a lateral join.
    private IQueryable<Owned<TItem>> Query(GraphReadContext db, GraphModel model, string[] ids, Expansion expansion, int take)
    {
        var owners = db.Set<TOwner>().Where(owner => ids.Contains(owner.Id));
        var owner = Expression.Parameter(typeof(TOwner), "owner");
        var ownersId = Expression.Property(owner, nameof(Entity.Id));
        var body = Lambdas.Replace(Lambdas.Replace(source.Body, source.Parameters[0], Expression.Constant(db)), source.Parameters[1], ownersId);
        body = QueryPlan.Bound(() => Shaped(model, body, expansion, ownersId, take));

        var select = Expression.Lambda<Func<TOwner, IEnumerable<TItem>>>(body, owner);
        return owners.SelectMany(select, (one, item) => new Owned<TItem> { Owner = one.Id, Item = item });
    }

    private static MethodCallExpression Shaped(GraphModel model, Expression rows, Expansion expansion, Expression ownersId, int take)
    {
        var context = QueryPlan.BinderContext(model, typeof(TItem));
        if (expansion.Item.FilterOption is { } filter) rows = Call("Where", rows, (LambdaExpression)QueryPlan.Filters.BindFilter(filter, context));

        foreach (var include in Includes.Of(model, typeof(TItem), expansion.Within)) rows = include(rows);
        var order = Ordering.Total(expansion.Item.OrderByOption is { } by ? Ordering.Of(by, context) : [], typeof(TItem));

        // Named by the owner last: so the rows of each owner are sought by its key, instead of all rows being numbered.
        var last = Expression.Lambda(ownersId, Expression.Parameter(typeof(TItem), "item"));
        rows = Ordering.Apply(typeof(Queryable), rows, [.. order, new Ordering(last, Descending: false)]);
        if (expansion.Item.SkipOption is { } skip) rows = Counted("Skip", rows, checked((int)Math.Min(skip, int.MaxValue)));
        return Counted("Take", rows, take);
    }

    private static MethodCallExpression Call(string method, Expression rows, LambdaExpression lambda) =>
        Expression.Call(typeof(Queryable), method, [typeof(TItem)], rows, Expression.Quote(lambda));

    private static MethodCallExpression Counted(string method, Expression rows, int count) =>
        Expression.Call(typeof(Queryable), method, [typeof(TItem)], rows, Lambdas.Parameter(count));
}

/// <summary>A row and whose it is.</summary>
internal sealed class Owned<TItem>
{
    public required string Owner { get; init; }

    public required TItem Item { get; init; }
}
