using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Sets;

/// <summary>The queries of a set that ask for nothing special, compiled once.</summary>
internal sealed class CompiledReads<TItem> where TItem : Entity
{
    private readonly Func<GraphReadContext, string?, int, IAsyncEnumerable<TItem>> first;
    private readonly Func<GraphReadContext, string?, string, int, IAsyncEnumerable<TItem>> next;
    private readonly Func<GraphReadContext, string?, string, CancellationToken, Task<TItem?>> one;
    private readonly Func<GraphReadContext, string?, CancellationToken, Task<long>> count;

    public CompiledReads(Expression<Func<GraphReadContext, string?, IQueryable<TItem>>> source)
    {
        var (db, parent) = (source.Parameters[0], source.Parameters[1]);
        var key = Expression.Parameter(typeof(string), "key");
        var take = Expression.Parameter(typeof(int), "take");
        Expression<Func<TItem, string, bool>> isKey = (item, value) => item.Id == value;
        Expression<Func<TItem, string, bool>> isBeyond = (item, value) => string.Compare(item.Id, value) > 0;

        first = EF.CompileAsyncQuery(
            Expression.Lambda<Func<GraphReadContext, string?, int, IQueryable<TItem>>>(Page(source.Body, take), db, parent, take));
        next = EF.CompileAsyncQuery(Expression.Lambda<Func<GraphReadContext, string?, string, int, IQueryable<TItem>>>(
            Page(Where(source.Body, isBeyond, key), take), db, parent, key, take));
        one = EF.CompileAsyncQuery(Expression.Lambda<Func<GraphReadContext, string?, string, CancellationToken, TItem?>>(
            Expression.Call(typeof(Queryable), nameof(Queryable.FirstOrDefault), [typeof(TItem)], Where(source.Body, isKey, key)),
            db,
            parent,
            key,
            Expression.Parameter(typeof(CancellationToken), "ct")))!;
        count = EF.CompileAsyncQuery(Expression.Lambda<Func<GraphReadContext, string?, CancellationToken, long>>(
            Expression.Call(typeof(Queryable), nameof(Queryable.LongCount), [typeof(TItem)], source.Body),
            db,
            parent,
            Expression.Parameter(typeof(CancellationToken), "ct")));
    }

    public Task<long> CountAsync(GraphReadContext db, string? parent, CancellationToken ct) => count(db, parent, ct);

    public Task<TItem?> OneAsync(GraphReadContext db, string? parent, string key, CancellationToken ct) => one(db, parent, key, ct);

    public async Task<List<TItem>> PageAsync(GraphReadContext db, string? parent, string? after, int take, CancellationToken ct)
    {
        var items = new List<TItem>(take);

        await foreach (var item in (after is null ? first(db, parent, take) : next(db, parent, after, take)).WithCancellation(ct))
        {
            items.Add(item);
        }

        return items;
    }

    private static MethodCallExpression Page(Expression rows, Expression take) => Expression.Call(
        typeof(Queryable),
        nameof(Queryable.Take),
        [typeof(TItem)],
        Ordering.Apply(typeof(Queryable), rows, [Ordering.ById(typeof(TItem))]),
        take);

    private static MethodCallExpression Where(Expression rows, Expression<Func<TItem, string, bool>> test, ParameterExpression value)
    {
        var withValue = Expression.Lambda<Func<TItem, bool>>(Lambdas.Replace(test.Body, test.Parameters[1], value), test.Parameters[0]);
        return Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(TItem)], rows, Expression.Quote(withValue));
    }
}
