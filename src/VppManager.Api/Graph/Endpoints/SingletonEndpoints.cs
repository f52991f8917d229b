using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;
using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>The two singletons, the list of what there is, and $metadata.</summary>
internal static class SingletonEndpoints
{
    public static void MapSingletons(this IEndpointRouteBuilder version, GraphModel model)
    {
        var metadata = MetadataDocument.Write(model);

        version.MapGet("/$metadata", () => Results.Bytes(metadata, "application/xml")).AllowAnonymous().WithTags("Metadata");
        version.MapGet("/", (HttpContext http) => ServiceDocument.SendAsync(http, model)).AllowAnonymous().WithTags("Metadata");
        version.MapGet("/deviceAppManagement", (HttpContext http, Caller caller) => SendAsync<DeviceAppManagement>(http, caller, model)).WithTags("Apps")
            .WithODataOptions(ODataOptionsKind.One)
            .RequirePermission(GraphPermissions.ReadEither);
        version.MapGet("/deviceManagement", (HttpContext http, Caller caller) => SendAsync<DeviceManagement>(http, caller, model)).WithTags("Devices")
            .WithODataOptions(ODataOptionsKind.One)
            .RequirePermission(GraphPermissions.ReadDevices);
    }

    private static async Task SendAsync<TSingleton>(HttpContext http, Caller caller, GraphModel model) where TSingleton : Entity, new()
    {
        var singleton = new TSingleton { Id = caller.TenantId.ToString() };
        await EntityAnswer.SelectedAsync(http, model, singleton, $"{ServiceDocument.Root(http, model)}/$metadata#{GraphName.Of(typeof(TSingleton))}");
    }
}
