using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace VppManager.Api.Hosting.Swagger;

/// <summary>Lists <c>$filter</c> and its like on the endpoints that take them.</summary>
internal sealed class ODataOptionsFilter : IOperationFilter
{
    private static readonly Dictionary<ODataOptionsKind, IOpenApiParameter[]> Options = new()
    {
        [ODataOptionsKind.List] =
        [
            Filter(), Search(), OrderBy(), Top(), Skip(), Count(), Select(), Expand(),
        ],
        [ODataOptionsKind.One] = [Select(), Expand()],
        [ODataOptionsKind.Count] = [Filter(), Search()],
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<ODataOptionsMetadata>().LastOrDefault();
        if (metadata is null) return;

        operation.Parameters ??= [];
        foreach (var option in Options[metadata.Kind]) operation.Parameters.Add(option);
    }

    private static OpenApiParameter Filter() => Option("$filter", JsonSchemaType.String, "Only what fits, for example `startswith(displayName,'P')`.");

    private static OpenApiParameter Search() => Option("$search", JsonSchemaType.String, "Only what contains the words, for example `\"maps\"`.");

    private static OpenApiParameter OrderBy() => Option("$orderby", JsonSchemaType.String, "The order, for example `displayName desc`.");

    private static OpenApiParameter Top() => Option("$top", JsonSchemaType.Integer, "How many on a page, 1 to 1000.");

    private static OpenApiParameter Skip() => Option("$skip", JsonSchemaType.Integer, "How many to leave out at the beginning.");

    private static OpenApiParameter Count() => Option("$count", JsonSchemaType.Boolean, "Whether to count all in `@odata.count`.");

    private static OpenApiParameter Select() => Option("$select", JsonSchemaType.String, "The properties to answer with, separated by commas.");

    private static OpenApiParameter Expand() => Option("$expand", JsonSchemaType.String, "The related resources to answer with.");

    private static OpenApiParameter Option(string name, JsonSchemaType type, string description) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = new OpenApiSchema { Type = type } };
}
