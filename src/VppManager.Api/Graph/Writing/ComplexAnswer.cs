using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Writing;

/// <summary>The answer of a function that gives values which are no entities.</summary>
internal static class ComplexAnswer
{
    /// <summary>A single number, as a function gives it.</summary>
    public static async Task SendNumberAsync(HttpContext http, GraphModel model, int number)
    {
        using var answer = JsonAnswer.Rent();
        answer.Writer.WriteStartObject();
        answer.Writer.WriteString(
            JsonAnswer.Context, $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/{model.Version}/$metadata#Edm.Int32");
        answer.Writer.WriteNumber(JsonAnswer.Value, number);
        answer.Writer.WriteEndObject();
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }

    public static async Task SendFlagAsync(HttpContext http, GraphModel model, bool flag)
    {
        using var answer = JsonAnswer.Rent();
        answer.Writer.WriteStartObject();
        answer.Writer.WriteString(
            JsonAnswer.Context, $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/{model.Version}/$metadata#Edm.Boolean");
        answer.Writer.WriteBoolean(JsonAnswer.Value, flag);
        answer.Writer.WriteEndObject();
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }

    public static async Task SendTextsAsync(HttpContext http, GraphModel model, IEnumerable<string> texts)
    {
        using var answer = JsonAnswer.Rent();
        answer.Writer.WriteStartObject();
        answer.Writer.WriteString(
            JsonAnswer.Context, $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/{model.Version}/$metadata#Collection(Edm.String)");
        answer.Writer.WritePropertyName(JsonAnswer.Value);
        answer.Writer.WriteStartArray();
        foreach (var text in texts) answer.Writer.WriteStringValue(text);
        answer.Writer.WriteEndArray();
        answer.Writer.WriteEndObject();
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }

    public static async Task SendManyAsync<TValue>(HttpContext http, GraphModel model, IReadOnlyList<TValue> values, int? count = null)
        where TValue : class
    {
        var request = http.Request;
        var name = GraphName.Full(typeof(TValue));
        var view = model.FullView((IEdmStructuredType)model.Edm.FindDeclaredType(name));
        using var answer = JsonAnswer.Rent();
        var writer = answer.Writer;

        writer.WriteStartObject();
        writer.WriteString(
            JsonAnswer.Context, $"{request.Scheme}://{request.Host}{request.PathBase}/{model.Version}/$metadata#Collection({name})");

        if (count is { } all)
        {
            writer.WriteNumber(JsonAnswer.Count, all);
        }

        writer.WritePropertyName(JsonAnswer.Value);
        view.WriteAll(writer, values);
        writer.WriteEndObject();
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }
}
