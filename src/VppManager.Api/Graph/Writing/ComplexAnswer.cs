using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Writing;

/// <summary>The answer of a function that gives values which are no entities.</summary>
internal static class ComplexAnswer
{
    public static async Task SendManyAsync<TValue>(HttpContext http, GraphModel model, IReadOnlyList<TValue> values) where TValue : class
    {
        var request = http.Request;
        var name = GraphName.Full(typeof(TValue));
        var view = model.FullView((IEdmStructuredType)model.Edm.FindDeclaredType(name));
        using var answer = JsonAnswer.Rent();
        var writer = answer.Writer;

        writer.WriteStartObject();
        writer.WriteString(
            JsonAnswer.Context, $"{request.Scheme}://{request.Host}{request.PathBase}/{model.Version}/$metadata#Collection({name})");

        if (Query.QueryText.Read(request.Query) is { Count: true })
        {
            writer.WriteNumber(JsonAnswer.Count, values.Count);
        }

        writer.WritePropertyName(JsonAnswer.Value);
        view.WriteAll(writer, values);
        writer.WriteEndObject();
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }
}
