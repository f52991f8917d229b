using Microsoft.AspNetCore.Http.HttpResults;
using VppManager.Core.Access;

namespace VppManager.Api.Access;

/// <summary>What Apple learns of users and devices (G4).</summary>
internal static class SharedDataEndpoints
{
    public static void MapSharedData(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/vpp/dataSharedWithApple", Read).WithTags("Access")
            .RequirePermission(GraphPermissions.ReadApps)
            .WithSummary("Every field that is sent to Apple: in which call, about whom, what for and when. Nothing else is sent");

    private static Ok<SharedFields> Read() => TypedResults.Ok(new SharedFields(SharedWithApple.Fields));
}

internal sealed record SharedFields(IReadOnlyList<SharedField> Value);
