using System.Linq.Expressions;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Writing;

namespace VppManager.Api.Graph.Query;

/// <summary>A query string, parsed and bound by the library once: expressions for the query and a view for the writer.</summary>
internal sealed record QueryPlan
{
    public const int DefaultPage = 100;
    public const int LargestPage = 1000;

    // Constants become parameters of the SQL, so that EF Core compiles a shape of query once.
    private static readonly ODataQuerySettings Settings = new()
    {
        EnsureStableOrdering = false,
        HandleNullPropagation = HandleNullPropagationOption.False,
    };

    public static GraphFilterBinder Filters { get; } = new();

    public required TypeView View { get; init; }

    /// <summary>What is selected and expanded, as the context has it.</summary>
    public string ContextSuffix { get; init; } = "";

    public LambdaExpression? Filter { get; init; }

    public LambdaExpression? Search { get; init; }

    /// <summary>The whole order, down to the id.</summary>
    public required IReadOnlyList<Ordering> Order { get; init; }

    /// <summary>Null for a member, which has no pages.</summary>
    public PageShape? Page { get; init; }

    public IReadOnlyList<Func<Expression, Expression>> Includes { get; init; } = [];

    public LambdaExpression? Narrow { get; init; }

    /// <summary>What is expanded by further queries, when anything is.</summary>
    public Selection? Expanded { get; init; }

    public int PageSize { get; init; } = DefaultPage;

    /// <summary>Whether the caller said how many.</summary>
    public bool HasTop { get; init; }

    public int Skip { get; init; }

    /// <summary>The order keys that the page before ended with.</summary>
    public object?[]? After { get; init; }

    public bool Count { get; init; }

    /// <summary>Nothing is asked for but a page by id: a compiled query can serve it.</summary>
    public bool IsPlain { get; init; }

    public static QueryBinderContext BinderContext(GraphModel model, Type type) => new(model.Edm, Settings, type);

    public static QueryPlan Plain(QueryTarget target)
    {
        IReadOnlyList<Ordering> order = [Ordering.ById(target.ClrType)];
        return new QueryPlan
        {
            View = target.Model.FullView(target.EdmType),
            Order = order,
            Page = PageShape.Of(target.ClrType, order, narrow: null),
            IsPlain = true,
        };
    }

    public static QueryPlan ForMany(QueryTarget target, QueryText text, PlanCache cache)
    {
        var shape = Shape.Of(target, text, cache);
        var order = text.OrderBy is { } by ? cache.Get("$orderby", by, () => OrderOf(target, by)) : [Ordering.ById(target.ClrType)];
        var top = text.Top;

        if (top > LargestPage)
        {
            throw new ODataException($"The limit of '{LargestPage}' for Top query has been exceeded. The value from the incoming request is '{top}'.");
        }

        return new QueryPlan
        {
            View = shape.View,
            ContextSuffix = shape.ContextSuffix,
            Filter = text.Filter is { } filter ? cache.Get("$filter", filter, () => FilterOf(target, filter)) : null,
            Search = text.Search is { } search ? Searching.Of(target.ClrType, target.Searched, search) : null,
            Order = order,
            Page = cache.Get("page", $"{text.OrderBy}\n{text.Select}\n{text.Expand}", () => PageShape.Of(target.ClrType, order, shape.Narrow)),
            Includes = shape.Includes,
            Narrow = shape.Narrow,
            Expanded = shape.Expanded,
            PageSize = top ?? DefaultPage,
            HasTop = top is not null,
            Skip = text.SkipToken is null ? text.Skip : 0,
            After = text.SkipToken is { } token ? SkipToken.Read(token, order) : null,
            Count = text.Count,
            IsPlain = shape.IsFull && text is { Filter: null, OrderBy: null, Search: null, Count: false }
                && (text.Skip == 0 || text.SkipToken is not null),
        };
    }

    public static QueryPlan ForCount(QueryTarget target, QueryText text, PlanCache cache)
    {
        text.AllowOnly("$filter", "$search");
        return ForMany(target, text, cache);
    }

    public static QueryPlan ForOne(QueryTarget target, QueryText text, PlanCache cache)
    {
        text.AllowOnly("$select", "$expand");
        var shape = Shape.Of(target, text, cache);

        return new QueryPlan
        {
            View = shape.View,
            ContextSuffix = shape.ContextSuffix,
            Order = [],
            Includes = shape.Includes,
            Narrow = shape.Narrow,
            Expanded = shape.Expanded,
            IsPlain = shape.IsFull,
        };
    }

    /// <summary>What the library parses but cannot bind ends in exceptions of several kinds; to the caller it is one thing.</summary>
    public static TBound Bound<TBound>(Func<TBound> bind)
    {
        try
        {
            return bind();
        }
        catch (Exception fault) when (
            fault is not ODataException and (ArgumentException or InvalidOperationException or NotSupportedException or NotImplementedException
                or InvalidCastException or NullReferenceException or FormatException or OverflowException))
        {
            throw new ODataException("The query specified in the URI is not supported.", fault);
        }
    }

    private static LambdaExpression FilterOf(QueryTarget target, string filter) =>
        Bound(() => (LambdaExpression)Filters.BindFilter(target.Parser("$filter", filter).ParseFilter(),
            BinderContext(target.Model, target.ClrType)));

    private static IReadOnlyList<Ordering> OrderOf(QueryTarget target, string by) =>
        Bound(() => Ordering.Total(
            Ordering.Of(target.Parser("$orderby", by).ParseOrderBy(), BinderContext(target.Model, target.ClrType)), target.ClrType));
}
