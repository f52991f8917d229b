using System.Linq.Expressions;
using System.Reflection;
using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Query;

/// <summary>
/// $select for the database: only these columns are read.
/// row => row is IosVppApp ? (MobileApp)new IosVppApp { .. } : new MacOsVppApp { .. }.
/// </summary>
internal static class Narrowing
{
    public static LambdaExpression Of(GraphModel model, IEdmStructuredType type, Selection selection)
    {
        var declared = model.ClrType(type)!;
        var row = Expression.Parameter(declared, "row");
        Expression? made = null;

        foreach (var concrete in model.SelfAndDerived(type).Where(some => !some.IsAbstract).Reverse())
        {
            var clr = model.ClrType(concrete)!;
            var one = Make(model, concrete, clr == declared ? row : Expression.Convert(row, clr), selection, declared);
            made = made is null ? one : Expression.Condition(Expression.TypeIs(row, clr), one, made);
        }

        return Expression.Lambda(made!, row);
    }

    private static IEnumerable<PropertyInfo> Columns(PropertyInfo property)
    {
        if (GraphName.HasColumn(property)) yield return property;
        if (property.GetCustomAttribute<NeedsAttribute>() is { } needs)
            yield return property.DeclaringType!.GetProperty(needs.Column, BindingFlags.Instance | BindingFlags.NonPublic)!;
    }

    private static Expression Make(GraphModel model, IEdmStructuredType type, Expression row, Selection selection, Type declared)
    {
        var bindings = type.StructuralProperties()
            .Where(property => selection.Includes(type, property))
            .Select(model.ClrProperty)
            .SelectMany(Columns)
            .Select(property => Expression.Bind(property, Expression.Property(row, property)));
        var made = Expression.MemberInit(Expression.New(row.Type), bindings);
        return row.Type == declared ? made : Expression.Convert(made, declared);
    }
}
