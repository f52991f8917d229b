using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData;
using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Relations;

namespace VppManager.Api.Graph.Query;

/// <summary>$expand as EF Core's filtered includes: row => row.Assignments.Where(..).OrderBy(..).Skip(..).Take(..).</summary>
internal static class Includes
{
    public static IReadOnlyList<Func<Expression, Expression>> Of(GraphModel model, Type root, Selection selection)
    {
        var includes = new List<Func<Expression, Expression>>();
        Walk(model, root, root, selection, [], includes);
        return includes;
    }

    private static void Walk(
        GraphModel model, Type root, Type type, Selection selection, LambdaExpression[] above, List<Func<Expression, Expression>> includes)
    {
        foreach (var expansion in selection.Expansions.Where(expansion => IsJoined(model.ClrProperty(expansion.Property))))
        {
            LambdaExpression[] path = [.. above, Step(model, type, expansion)];
            includes.Add(query => Include(root, query, path));
            Walk(model, root, model.ClrType(expansion.Property.ToEntityType())!, expansion.Within, path, includes);
        }
    }

    private static bool IsJoined(PropertyInfo property) => !GraphName.IsAlwaysEmpty(property) && Relation.Of(property) is null;

    private static Expression Include(Type root, Expression query, LambdaExpression[] path)
    {
        var extensions = typeof(EntityFrameworkQueryableExtensions);
        query = Expression.Call(extensions, "Include", [root, path[0].ReturnType], query, Expression.Quote(path[0]));

        return path.Skip(1).Aggregate(query, (included, step) => Expression.Call(
            extensions, "ThenInclude", [root, step.Parameters[0].Type, step.ReturnType], included, Expression.Quote(step)));
    }

    private static LambdaExpression Step(GraphModel model, Type type, Expansion expansion)
    {
        var property = model.ClrProperty(expansion.Property);

        if (!GraphName.HasColumn(property))
        {
            throw new ODataException($"The property '{expansion.Property.Name}' cannot be expanded.");
        }

        var row = Expression.Parameter(type, "row");
        var owner = property.DeclaringType!.IsAssignableFrom(type) ? row : (Expression)Expression.TypeAs(row, property.DeclaringType);
        Expression body = Expression.Property(owner, property);
        return Expression.Lambda(expansion.HasOptions ? WithOptions(model, body, expansion) : body, row);
    }

    private static Expression WithOptions(GraphModel model, Expression body, Expansion expansion)
    {
        var item = expansion.Item;
        var type = model.ClrType(expansion.Property.ToEntityType())!;
        QueryBinderContext Context() => QueryPlan.BinderContext(model, type);

        if (item.FilterOption is { } filter)
        {
            body = Expression.Call(typeof(Enumerable), "Where", [type], body,
                (LambdaExpression)QueryPlan.Filters.BindFilter(filter, Context()));
        }

        var order = item.OrderByOption is { } by ? Ordering.Of(by, Context()) : [];
        var paged = item.SkipOption is not null || item.TopOption is not null;
        body = Ordering.Apply(typeof(Enumerable), body, paged ? Ordering.Total(order, type) : order);

        if (item.SkipOption is { } skip)
        {
            body = Expression.Call(typeof(Enumerable), "Skip", [type], body, Lambdas.Parameter((int)skip));
        }

        return item.TopOption is { } top ? Expression.Call(typeof(Enumerable), "Take", [type], body, Lambdas.Parameter((int)top)) : body;
    }
}
