using System.Linq.Expressions;

namespace VppManager.Api.Graph.Query;

/// <summary>A plan put on a query.</summary>
internal static class PlannedQuery
{
    /// <summary>What $count counts.</summary>
    public static IQueryable<TItem> Restricted<TItem>(this IQueryable<TItem> query, QueryPlan plan)
    {
        query = plan.Filter is { } filter ? query.Where((Expression<Func<TItem, bool>>)filter) : query;
        return plan.Search is { } search ? query.Where((Expression<Func<TItem, bool>>)search) : query;
    }

    public static IQueryable<Paged<TItem>> Page<TItem>(this IQueryable<TItem> restricted, QueryPlan plan, int take)
    {
        var query = plan.After is { } keys
            ? restricted.Where((Expression<Func<TItem, bool>>)SkipToken.After(typeof(TItem), plan.Order, keys))
            : restricted;
        query = query.Provider.CreateQuery<TItem>(Lambdas.Apply(plan.Page!.Sorted, query.Expression)).Included(plan);
        query = plan.Skip > 0 ? query.Skip(plan.Skip) : query;
        return query.Take(take).Select((Expression<Func<TItem, Paged<TItem>>>)plan.Page.Row);
    }

    public static IQueryable<TItem> One<TItem>(this IQueryable<TItem> query, QueryPlan plan)
    {
        query = query.Included(plan);
        return plan.Narrow is { } narrow ? query.Select((Expression<Func<TItem, TItem>>)narrow) : query;
    }

    private static IQueryable<TItem> Included<TItem>(this IQueryable<TItem> query, QueryPlan plan) =>
        plan.Includes.Count == 0
            ? query
            : query.Provider.CreateQuery<TItem>(plan.Includes.Aggregate(query.Expression, (expression, include) => include(expression)));
}
