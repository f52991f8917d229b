using System.Linq.Expressions;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData.UriParser;

namespace VppManager.Api.Graph.Query;

/// <summary>One key of an order. Its values can be compared by &lt; and can travel in a paging link.</summary>
internal sealed record Ordering(LambdaExpression Key, bool Descending)
{
    private static readonly GraphOrderByBinder Binder = new();

    public Type ValueType => Key.Body.Type;

    public bool IsId => Key.Body is MemberExpression { Member.Name: nameof(Wire.Entity.Id), Expression: ParameterExpression };

    public static Ordering ById(Type type) => new(Lambdas.Id(type), Descending: false);

    public static IReadOnlyList<Ordering> Of(OrderByClause clause, QueryBinderContext context)
    {
        var orderings = new List<Ordering>();

        for (var bound = Binder.BindOrderBy(clause, context); bound is not null; bound = bound.ThenBy)
        {
            var key = (LambdaExpression)bound.OrderByExpression;
            var descending = bound.Direction == OrderByDirection.Descending;
            orderings.Add(new Ordering(Expression.Lambda(Comparable(key.Body), key.Parameters), descending));
        }

        return orderings;
    }

    /// <summary>Pages need an order that never ties.</summary>
    public static IReadOnlyList<Ordering> Total(IReadOnlyList<Ordering> orderings, Type type) =>
        orderings.Any(ordering => ordering.IsId) ? orderings : [.. orderings, ById(type)];

    public static Expression Apply(Type sequence, Expression source, IReadOnlyList<Ordering> orderings)
    {
        for (var at = 0; at < orderings.Count; at++)
        {
            var (key, descending) = (orderings[at].Key, orderings[at].Descending);
            var method = (at == 0 ? "OrderBy" : "ThenBy") + (descending ? "Descending" : "");
            var argument = sequence == typeof(Queryable) ? Expression.Quote(key) : (Expression)key;
            source = Expression.Call(sequence, method, [key.Parameters[0].Type, key.Body.Type], source, argument);
        }

        return source;
    }

    // Booleans and enums have no < in C#: order and compare them as what the database has.
    private static Expression Comparable(Expression body)
    {
        var type = Nullable.GetUnderlyingType(body.Type) ?? body.Type;

        if (type.IsEnum)
        {
            return Expression.Convert(Expression.Convert(body, typeof(object)), typeof(string));
        }

        if (type != typeof(bool))
        {
            return body;
        }

        var number = Expression.Condition(
            Expression.Equal(body, Expression.Constant(true, body.Type)), Expression.Constant(1, typeof(int?)),
                Expression.Constant(0, typeof(int?)));
        return body.Type == type
            ? number
            : Expression.Condition(Expression.Equal(body, Expression.Constant(null, body.Type)), Expression.Constant(null, typeof(int?)),
                number);
    }
}
