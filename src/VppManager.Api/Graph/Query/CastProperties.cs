using System.Linq.Expressions;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData.UriParser;

namespace VppManager.Api.Graph.Query;

/// <summary>
/// A property behind a cast is null for objects of another type. The types share the columns of their view, so the type must be asked for.
/// </summary>
internal static class CastProperties
{
    /// <summary>(row as IosVppApp).BundleId becomes row is IosVppApp ? (row as IosVppApp).BundleId : null.</summary>
    public static Expression OfType(Expression access)
    {
        if (CastOf(access) is not { } cast)
        {
            return access;
        }

        var type = access.Type.IsValueType && Nullable.GetUnderlyingType(access.Type) is null
            ? typeof(Nullable<>).MakeGenericType(access.Type) : access.Type;
        var value = access.Type == type ? access : Expression.Convert(access, type);
        return Expression.Condition(Expression.TypeIs(cast.Operand, cast.Type), value, Expression.Constant(null, type));
    }

    /// <summary>Compared with a value, the type comes first and the column stays bare, so that its index can be used.</summary>
    public static Expression TypeFirst(Expression comparison, QueryNode other) =>
        comparison is BinaryExpression { NodeType: ExpressionType.Equal, Left: ConditionalExpression left } equal
            && other is ConstantNode { Value: not null }
            ? Expression.AndAlso(left.Test, Expression.Equal(left.IfTrue, equal.Right))
            : comparison;

    // Also where the property lies deeper: (row as IosVppApp).LicensingType.SupportsDeviceLicensing.
    private static UnaryExpression? CastOf(Expression access)
    {
        while (access is MemberExpression { Expression: { } owner })
        {
            access = owner;
        }

        return access is UnaryExpression { NodeType: ExpressionType.TypeAs } cast && cast.Type.IsSubclassOf(typeof(Wire.Entity)) ? cast
            : null;
    }
}

/// <summary>The library's binder of $orderby, with nulls behind casts.</summary>
internal sealed class GraphOrderByBinder : OrderByBinder
{
    public override Expression BindPropertyAccessQueryNode(SingleValuePropertyAccessNode propertyAccessNode, QueryBinderContext context) =>
        OpenProperties.Access(propertyAccessNode, source => Bind(source, context), property => OpenProperties.ClrProperty(context.Model, property))
            ?? CastProperties.OfType(base.BindPropertyAccessQueryNode(propertyAccessNode, context));
}
