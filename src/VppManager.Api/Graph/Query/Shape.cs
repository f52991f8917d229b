using System.Linq.Expressions;
using VppManager.Api.Graph.Relations;
using VppManager.Api.Graph.Writing;

namespace VppManager.Api.Graph.Query;

/// <summary>$select and $expand: what is written, what is included, which columns are read.</summary>
internal sealed record Shape(
    TypeView View, string ContextSuffix, IReadOnlyList<Func<Expression, Expression>> Includes, LambdaExpression? Narrow, bool IsFull,
    Selection? Expanded = null)
{
    public static Shape Of(QueryTarget target, QueryText text, PlanCache cache) =>
        text.Select is null && text.Expand is null
            ? new Shape(target.Model.FullView(target.EdmType), "", [], null, IsFull: true)
            : cache.Get("$select", text.Select + "\n" + text.Expand, () => Parse(target, text));

    private static Shape Parse(QueryTarget target, QueryText text)
    {
        var options = new Dictionary<string, string>();

        if (text.Select is { } select)
        {
            options["$select"] = select;
        }

        if (text.Expand is { } expand)
        {
            options["$expand"] = expand;
        }

        var selection = new Selection(target.Parser(options).ParseSelectAndExpand());
        var narrow = selection is { HasSelect: true, Expansions.Count: 0 } ? Narrowing.Of(target.Model, target.EdmType, selection) : null;

        return new Shape(
            new TypeView(target.Model, target.EdmType, selection),
            selection.ContextSuffix(),
            QueryPlan.Bound(() => Query.Includes.Of(target.Model, target.ClrType, selection)),
            narrow,
            IsFull: false,
            Expanding.IsNeeded(target.Model, selection) ? selection : null);
    }
}
