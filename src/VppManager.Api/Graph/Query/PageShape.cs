using System.Linq.Expressions;
using System.Reflection;

namespace VppManager.Api.Graph.Query;

/// <summary>What every page of a list has in common, whatever its filter: made once, for the calls by name in it are dear.</summary>
/// <param name="Sorted">rows => rows.OrderBy(..).ThenBy(..)</param>
/// <param name="Row">row => new Paged { Item = row, Keys = [..] }, the item narrowed to what is selected.</param>
/// <param name="KeysInItem">The properties of the item that are the keys, so that rows need not carry them twice. Null when some key is none.</param>
internal sealed record PageShape(LambdaExpression Sorted, LambdaExpression Row, IReadOnlyList<PropertyInfo>? KeysInItem)
{
    public static PageShape Of(Type type, IReadOnlyList<Ordering> order, LambdaExpression? narrow)
    {
        var rows = Expression.Parameter(typeof(IQueryable<>).MakeGenericType(type), "rows");
        var sorted = Expression.Lambda(Ordering.Apply(typeof(Queryable), rows, order), rows);
        var inItem = KeysIn(order, narrow);
        return new PageShape(sorted, RowOf(type, inItem is null ? order : [], narrow), inItem);
    }

    public object?[] KeysOf<TItem>(Paged<TItem> row) =>
        KeysInItem is null ? row.Keys : [.. KeysInItem.Select(property => property.GetValue(row.Item))];

    private static List<PropertyInfo>? KeysIn(IReadOnlyList<Ordering> order, LambdaExpression? narrow)
    {
        var properties = order.Select(by => by.Key.Body).OfType<MemberExpression>()
            .Where(key => key.Expression is ParameterExpression).Select(key => key.Member).OfType<PropertyInfo>().ToList();
        return properties.Count == order.Count && properties.TrueForAll(property => IsRead(property, narrow)) ? properties : null;
    }

    private static bool IsRead(PropertyInfo property, LambdaExpression? narrow) =>
        narrow is null || (narrow.Body is MemberInitExpression made && made.Bindings.Any(binding => binding.Member.Name == property.Name));

    private static LambdaExpression RowOf(Type type, IReadOnlyList<Ordering> order, LambdaExpression? narrow)
    {
        var paged = typeof(Paged<>).MakeGenericType(type);
        var row = Expression.Parameter(type, "row");
        var bindings = new List<MemberBinding> { Expression.Bind(paged.GetProperty(nameof(Paged<>.Item))!, narrow is null ? row : Lambdas.Apply(narrow, row)) };

        if (order.Count > 0)
        {
            var keys = order.Select(by => Expression.Convert(Lambdas.Apply(by.Key, row), typeof(object)));
            bindings.Add(Expression.Bind(paged.GetProperty(nameof(Paged<>.Keys))!, Expression.NewArrayInit(typeof(object), keys)));
        }

        return Expression.Lambda(Expression.MemberInit(Expression.New(paged), bindings), row);
    }
}
