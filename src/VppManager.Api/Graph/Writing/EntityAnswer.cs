using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Relations;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Writing;

/// <summary>An answer that is one object and stands in no collection.</summary>
internal static class EntityAnswer
{
    /// <summary>What was made: whole, whatever the address says.</summary>
    public static async Task SendAsync<TEntity>(HttpContext http, GraphModel model, TEntity entity, string context,
        int status = StatusCodes.Status200OK)
        where TEntity : Entity
    {
        using var answer = JsonAnswer.Rent();
        model.FullView(model.EntityType(typeof(TEntity))).Write(answer.Writer, entity, context);
        await answer.SendAsync(http.Response, status, http.RequestAborted);
    }

    /// <summary>What was asked for, cut down and expanded as the request says; without a database nothing can be expanded.</summary>
    public static async Task SelectedAsync<TEntity>(HttpContext http, GraphModel model, TEntity entity, string place, GraphReadContext? db = null)
        where TEntity : Entity
    {
        var target = new QueryTarget(model, typeof(TEntity), []);
        var plan = QueryText.Read(http.Request.Query) is { } text ? QueryPlan.ForOne(target, text, new PlanCache()) : QueryPlan.Plain(target);
        if (plan.Includes.Count > 0 || (plan.Expanded is not null && db is null))
            throw new Microsoft.OData.ODataException("Nothing can be expanded here; ask its own address.");

        if (plan.Expanded is { } expanded) await Expanding.FillAsync(db!, model, [entity], expanded, http.RequestAborted);
        using var answer = JsonAnswer.Rent();
        plan.View.Write(answer.Writer, entity, place + plan.View.Cast(entity) + plan.ContextSuffix + "/$entity", place);
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }
}
