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
        query = query.Provider.CreateQuery<TItem>(Ordering.Apply(typeof(Queryable), query.Expression, plan.Order)).Included(plan);
        query = plan.Skip > 0 ? query.Skip(plan.Skip) : query;
        return query.Take(take).Select(WithKeys<TItem>(plan));
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

    private static Expression<Func<TItem, Paged<TItem>>> WithKeys<TItem>(QueryPlan plan)
    {
        var row = Expression.Parameter(typeof(TItem), "row");
        var item = plan.Narrow is { } narrow ? Lambdas.Apply(narrow, row) : row;
        var keys = plan.Order.Select(by => Expression.Convert(Lambdas.Apply(by.Key, row), typeof(object)));
        var made = Expression.MemberInit(
            Expression.New(typeof(Paged<TItem>)),
            Expression.Bind(typeof(Paged<TItem>).GetProperty(nameof(Paged<TItem>.Item))!, item),
            Expression.Bind(typeof(Paged<TItem>).GetProperty(nameof(Paged<TItem>.Keys))!, Expression.NewArrayInit(typeof(object), keys)));
        return Expression.Lambda<Func<TItem, Paged<TItem>>>(made, row);
    }
}
