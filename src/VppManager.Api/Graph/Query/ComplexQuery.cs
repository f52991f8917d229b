using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Query;

/// <summary>What a function that gives values, not entities, takes of the query options.</summary>
internal sealed record ComplexQuery<TValue>(IQueryable<TValue> Restricted, bool Count, int Skip, int Top) where TValue : class
{
    public static ComplexQuery<TValue> Of(IQueryable<TValue> rows, GraphModel model, HttpRequest request, IReadOnlyList<string> searched)
    {
        if (QueryText.Read(request.Query) is not { } text) return new ComplexQuery<TValue>(rows, Count: false, 0, QueryPlan.LargestPage);

        text.AllowOnly("$count", "$filter", "$search", "$skip", "$top");
        if (text.Filter is { } filter) rows = rows.Where((Expression<Func<TValue, bool>>)FilterOf(model, filter));
        if (text.Search is { } search) rows = rows.Where((Expression<Func<TValue, bool>>)Searching.Of(typeof(TValue), searched, search));
        return new ComplexQuery<TValue>(rows, text.Count, text.Skip, Math.Min(text.Top ?? QueryPlan.LargestPage, QueryPlan.LargestPage));
    }

    public Task<List<TValue>> PageAsync<TKey>(Expression<Func<TValue, TKey>> order, CancellationToken ct) =>
        Restricted.OrderBy(order).Skip(Skip).Take(Top).ToListAsync(ct);

    private static LambdaExpression FilterOf(GraphModel model, string filter)
    {
        var type = model.Edm.FindDeclaredType(GraphName.Full(typeof(TValue)));
        var parser = new ODataQueryOptionParser(model.Edm, type, null, new Dictionary<string, string> { ["$filter"] = filter },
            model.Services);
        return QueryPlan.Bound(() => (LambdaExpression)QueryPlan.Filters.BindFilter(parser.ParseFilter(), QueryPlan.BinderContext(model, typeof(TValue))));
    }
}
