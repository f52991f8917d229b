using Microsoft.AspNetCore.Http.HttpResults;
using VppManager.Api.Access;
using VppManager.Api.Hosting;
using VppManager.Core;

namespace VppManager.Api.Apps.Installs;

internal static class InstallEndpoints
{
    private const int MostRows = 1000;

    private static readonly Guard OfDevices =
        Guard.Of("DeviceManagementManagedDevices.Read.All", "DeviceManagementManagedDevices.ReadWrite.All").For(ResourceActions.ReadApps);

    private static readonly string[] States = ["installed", "failed", "notInstalled", "pendingInstall", "notApplicable"];

    public static void MapInstalls(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/vpp/devices/{id:guid}/apps", OfDeviceAsync).WithTags("Devices")
            .RequirePermission(OfDevices)
            .WithSummary("Every app that concerns a device: what is wanted of it, by which licence, and how it stands");
        routes.MapGet("/vpp/users/{id:guid}/apps", OfUserAsync).WithTags("Devices")
            .RequirePermission(OfDevices)
            .WithSummary("The same for all devices of a user");
        routes.MapGet("/vpp/apps/{id:guid}/installs", OfAppAsync).WithTags("Apps")
            .RequirePermission(GraphPermissions.ReadApps)
            .WithSummary("The devices of an app and how it stands on each, by device id");
    }

    private static async Task<Results<Ok<DeviceApps>, ProblemHttpResult>> OfDeviceAsync(Guid id, Caller caller, InstallList installs, CancellationToken ct) =>
        Answer(await installs.OfDeviceAsync(caller.TenantId, id, ct));

    private static async Task<Results<Ok<DeviceApps>, ProblemHttpResult>> OfUserAsync(Guid id, Caller caller, InstallList installs, CancellationToken ct) =>
        Answer(await installs.OfUserAsync(caller.TenantId, id, ct));

    /// <param name="state">Only devices where it stands so.</param>
    /// <param name="after">The device after which to go on.</param>
    private static async Task<Results<Ok<InstallPage>, ProblemHttpResult>> OfAppAsync(
        Guid id, Caller caller, InstallList installs, string? state, Guid? after, int? top, CancellationToken ct) =>
        state is not null && !States.Contains(state)
            ? Problems.Of(VppError.InvalidValue("state", $"it must be one of {string.Join(", ", States)}."))
            : Answer(await installs.OfAppAsync(caller.TenantId, id, state, after, Math.Clamp(top ?? 100, 1, MostRows), ct));

    private static Results<Ok<T>, ProblemHttpResult> Answer<T>(Outcome<T> outcome) =>
        outcome.IsOk ? TypedResults.Ok(outcome.Value) : Problems.Of(outcome.Error);
}
