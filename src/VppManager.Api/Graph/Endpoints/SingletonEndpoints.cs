using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>The two singletons, the list of what there is, and $metadata.</summary>
internal static class SingletonEndpoints
{
    public static void MapSingletons(this IEndpointRouteBuilder version, GraphModel model)
    {
        var metadata = MetadataDocument.Write(model);

        version.MapGet("/$metadata", () => Results.Bytes(metadata, "application/xml")).AllowAnonymous().WithTags("Metadata");
        version.MapGet("/", (HttpContext http) => ServiceDocument.SendAsync(http, model)).AllowAnonymous().WithTags("Metadata");
        version.MapGet("/deviceAppManagement", (HttpContext http) => SendAsync<DeviceAppManagement>(http, model)).WithTags("Apps")
            .RequirePermission(GraphPermissions.ReadEither);
        version.MapGet("/deviceManagement", (HttpContext http) => SendAsync<DeviceManagement>(http, model)).WithTags("Devices")
            .RequirePermission(GraphPermissions.ReadDevices);
    }

    private static async Task SendAsync<TSingleton>(HttpContext http, GraphModel model) where TSingleton : Entity, new()
    {
        var singleton = new TSingleton { Id = http.Caller().TenantId.ToString() };
        await EntityAnswer.SelectedAsync(http, model, singleton, $"{ServiceDocument.Root(http, model)}/$metadata#{GraphName.Of(typeof(TSingleton))}");
    }
}
