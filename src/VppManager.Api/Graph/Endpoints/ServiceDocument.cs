using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Writing;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>What a version has at its root.</summary>
internal static class ServiceDocument
{
    public static string Root(HttpContext http, GraphModel model) =>
        $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}/{model.Version}";

    public static async Task SendAsync(HttpContext http, GraphModel model)
    {
        using var answer = JsonAnswer.Rent();
        var writer = answer.Writer;
        writer.WriteStartObject();
        writer.WriteString(JsonAnswer.Context, Root(http, model) + "/$metadata");
        writer.WritePropertyName(JsonAnswer.Value);
        writer.WriteStartArray();

        foreach (var element in model.Edm.EntityContainer.Elements)
        {
            writer.WriteStartObject();
            writer.WriteString("name", element.Name);
            writer.WriteString("kind", element.ContainerElementKind == EdmContainerElementKind.Singleton ? "Singleton" : "EntitySet");
            writer.WriteString("url", element.Name);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }
}
