using System.Buffers.Text;
using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.OData;

namespace VppManager.Api.Graph.Query;

/// <summary>
/// Where the last page ended: the order keys of its last row. The next page begins after them, whatever has come or gone before.
/// </summary>
internal static class SkipToken
{
    public static string Write(IEnumerable<object?> keys) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(keys));

    public static object?[] Read(string token, IReadOnlyList<Ordering> order)
    {
        try
        {
            var keys = JsonSerializer.Deserialize<JsonElement[]>(Base64Url.DecodeFromChars(token)) ?? [];
            return keys.Length == order.Count ? [.. keys.Zip(order, (key, by) => key.Deserialize(by.ValueType))] : throw Invalid();
        }
        catch (Exception fault) when (fault is JsonException or FormatException)
        {
            throw Invalid();
        }
    }

    /// <summary>row => keys of row come after these keys.</summary>
    public static LambdaExpression After(Type type, IReadOnlyList<Ordering> order, object?[] keys)
    {
        var row = Expression.Parameter(type, "row");
        Expression after = Expression.Constant(false);

        for (var at = order.Count - 1; at >= 0; at--)
        {
            var key = Lambdas.Apply(order[at].Key, row);
            var beyond = Beyond(key, keys[at], order[at].Descending);
            after = at == order.Count - 1 ? beyond : Expression.OrElse(beyond, Expression.AndAlso(Same(key, keys[at]), after));
        }

        return Expression.Lambda(after, row);
    }

    private static ODataException Invalid() => new("Invalid $skiptoken.");

    private static BinaryExpression Same(Expression key, object? value) =>
        Expression.Equal(key, value is null ? Expression.Constant(null, key.Type) : Lambdas.Parameter(value, key.Type));

    // PostgreSQL puts nulls last when ascending and first when descending.
    private static Expression Beyond(Expression key, object? value, bool descending)
    {
        var nullable = !key.Type.IsValueType || Nullable.GetUnderlyingType(key.Type) is not null;
        var isNull = nullable ? Expression.Equal(key, Expression.Constant(null, key.Type)) : null;

        if (value is null)
        {
            return descending ? Expression.Not(isNull!) : Expression.Constant(false);
        }

        var beyond = Compare(descending ? ExpressionType.LessThan : ExpressionType.GreaterThan, key, Lambdas.Parameter(value, key.Type));
        return descending || isNull is null || IsId(key) ? beyond : Expression.OrElse(beyond, isNull);
    }

    private static bool IsId(Expression key) =>
        key is MemberExpression { Member.Name: nameof(Wire.Entity.Id), Expression: ParameterExpression };

    private static BinaryExpression Compare(ExpressionType kind, Expression key, Expression value) =>
        key.Type == typeof(string)
            ? Expression.MakeBinary(kind, Expression.Call(typeof(string), nameof(string.Compare), null, key, value), Expression.Constant(0))
            : Expression.MakeBinary(kind, key, value);
}
