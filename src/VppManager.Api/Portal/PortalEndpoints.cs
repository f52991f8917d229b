using Microsoft.AspNetCore.Http.HttpResults;
using VppManager.Api.Access;
using VppManager.Api.Hosting;
using VppManager.Core;

namespace VppManager.Api.Portal;

/// <summary>The Company Portal. A signed-in user acts as himself alone; an application, such as an MDM, for anyone.</summary>
internal static class PortalEndpoints
{
    private const string ForUsers = "User.Read";
    private const string ForApplications = "DeviceManagementManagedDevices.ReadWrite.All";

    public static void MapPortal(this IEndpointRouteBuilder routes)
    {
        var apps = routes.MapGroup("/portal/users/{userId:guid}/devices/{deviceId:guid}/apps").WithTags("Company Portal")
            .RequirePermission(Guard.Of(ForUsers, ForApplications).WithoutRole("Users act for themselves, on their own devices."))
            .AddEndpointFilter(ActAsOneself);
        apps.MapGet("/", ListAsync).WithSummary("The apps that the user may have on the device, how each stands, and what the user will be asked");
        apps.MapGet("/{appId:guid}", ReadAsync).WithSummary("How far one app has come, with its place in the queue while it waits for a licence");
        apps.MapPost("/{appId:guid}/install", InstallAsync).WithSummary("Asks for the app");
        apps.MapPost("/{appId:guid}/update", UpdateAsync).WithSummary("Asks for the newer version of a device-licensed app");
    }

    private static async ValueTask<object?> ActAsOneself(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        var caller = call.HttpContext.Caller();
        var user = Guid.Parse((string)call.HttpContext.GetRouteValue("userId")!);
        var may = caller.IsApplication ? caller.Permissions.Contains(ForApplications) : caller.ObjectId == user;
        return may ? await next(call) : Problems.Of(VppError.NotFound("user", user.ToString()));
    }

    private static async Task<Results<Ok<PortalApps>, ProblemHttpResult>> ListAsync(
        Guid userId, Guid deviceId, Caller caller, CompanyPortal portal, CancellationToken ct) =>
        await portal.ListAsync(caller.TenantId, userId, deviceId, ct) is { IsOk: true } list ? TypedResults.Ok(list.Value) : Problems.Of(VppError.NotFound("device", deviceId.ToString()));

    private static async Task<Results<Ok<PortalApp>, ProblemHttpResult>> ReadAsync(
        Guid userId, Guid deviceId, Guid appId, Caller caller, CompanyPortal portal, CancellationToken ct)
    {
        var found = await portal.ReadAsync(caller.TenantId, userId, deviceId, appId, ct);
        return found.IsOk ? TypedResults.Ok(found.Value) : Problems.Of(found.Error);
    }

    private static async Task<Results<Accepted<PortalApp>, ProblemHttpResult>> InstallAsync(
        Guid userId, Guid deviceId, Guid appId, Caller caller, CompanyPortal portal, CancellationToken ct) =>
        Answer(await portal.InstallAsync(caller.TenantId, caller.Actor, userId, deviceId, appId, ct));

    private static async Task<Results<Accepted<PortalApp>, ProblemHttpResult>> UpdateAsync(
        Guid userId, Guid deviceId, Guid appId, Caller caller, CompanyPortal portal, CancellationToken ct) =>
        Answer(await portal.UpdateAsync(caller.TenantId, caller.Actor, userId, deviceId, appId, ct));

    private static Results<Accepted<PortalApp>, ProblemHttpResult> Answer(Outcome<PortalApp> outcome) =>
        outcome.IsOk ? TypedResults.Accepted((string?)null, outcome.Value) : Problems.Of(outcome.Error);
}
