using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Writing;

/// <summary>An answer that is one object and stands in no collection.</summary>
internal static class EntityAnswer
{
    public static async Task SendAsync<TEntity>(HttpContext http, GraphModel model, TEntity entity, string context,
        int status = StatusCodes.Status200OK)
        where TEntity : Entity
    {
        using var answer = JsonAnswer.Rent();
        model.FullView(model.EntityType(typeof(TEntity))).Write(answer.Writer, entity, context);
        await answer.SendAsync(http.Response, status, http.RequestAborted);
    }
}
