using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;
using VppManager.Api.Access;

namespace VppManager.Api.Hosting.Swagger;

/// <summary>Says of every operation what its guard asks for, the least privileged permission first.</summary>
internal sealed class GuardFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var guards = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<Guard>().ToList();
        if (guards.Count == 0) return;

        operation.Description = string.Join("\n\n", guards.Select(Describe).Prepend(operation.Description).Where(text => text is { Length: > 0 }));
    }

    private static string Describe(Guard guard)
    {
        var more = guard.Permissions.Count == 1 ? "" : $" (or {string.Join(", ", guard.Permissions.Skip(1).Select(one => $"`{one}`"))})";
        var role = guard.Actions.Count == 0 ? "" : $" A signed-in user's role: {string.Join(" or ", guard.Actions.Select(one => $"`{one}`"))}.";
        return $"Permission: `{guard.Least}`{more}.{role}";
    }
}
