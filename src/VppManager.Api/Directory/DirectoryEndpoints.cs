using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Core;

namespace VppManager.Api.Directory;

internal static class DirectoryEndpoints
{
    private const string ReadDevices = "DeviceManagementManagedDevices.Read.All";
    private const string WriteDevices = "DeviceManagementManagedDevices.ReadWrite.All";
    private const string WriteDirectory = "Directory.ReadWrite.All";
    private const long LargestImport = 512L * 1024 * 1024;

    public static void MapDirectory(this WebApplication app)
    {
        var update = Guard.Of(WriteDevices).For(ResourceActions.UpdateDevices);
        var devices = app.MapGroup("/vpp/devices").WithTags("Directory");
        devices.MapPost("/", Enrol).RequirePermission(update);
        devices.MapGet("/{id:guid}", Read).RequirePermission(Guard.Of(ReadDevices, WriteDevices).For(ResourceActions.ReadDevices));
        devices.MapPatch("/{id:guid}", Patch).RequirePermission(update);
        devices.MapPost("/{id:guid}/retire", Retire).RequirePermission(Guard.Of(WriteDevices).For(ResourceActions.RetireDevice));

        app.MapPost("/vpp/directory/import", Import).WithTags("Directory")
            .RequirePermission(GraphPermissions.WriteUsers)
            .RequirePermission(GraphPermissions.WriteGroups)
            .RequirePermission(Guard.Of(WriteDevices, WriteDirectory).WithoutRole("An import is of the directory."))
            .Accepts<ImportBody>("application/json")
            .WithMetadata(new RequestSizeLimitAttribute(LargestImport));
    }

    private static async Task<Results<Created<DeviceResource>, Ok<DeviceResource>, ProblemHttpResult>> Enrol(
        Caller caller, DeviceValues request, EnrolDevice enrol, CancellationToken ct)
    {
        var enrolled = await enrol.ExecuteAsync(caller, request, ct);
        if (!enrolled.IsOk) return Problems.Of(enrolled.Error);

        var resource = DeviceResource.Of(enrolled.Value.Device);
        return enrolled.Value.IsNew ? TypedResults.Created($"/vpp/devices/{resource.Id}", resource) : TypedResults.Ok(resource);
    }

    private static async Task<Results<Ok<DeviceResource>, ProblemHttpResult>> Read(Caller caller, Guid id, VppContext context, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var device = await context.Devices.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct);
        return device is null ? Problems.Of(VppError.NotFound("device", id.ToString())) : TypedResults.Ok(DeviceResource.Of(device));
    }

    private static async Task<Results<Ok<DeviceResource>, ProblemHttpResult>> Patch(
        Caller caller, Guid id, DeviceValues request, PatchDevice patch, CancellationToken ct) => Answer(await patch.ExecuteAsync(caller, id, request, ct));

    private static async Task<Results<Ok<DeviceResource>, ProblemHttpResult>> Retire(
        Caller caller, Guid id, RetireDevice retire, CancellationToken ct) => Answer(await retire.ExecuteAsync(caller, id, ct));

    private static async Task<Results<Ok<ImportCounts>, ProblemHttpResult>> Import(
        Caller caller, HttpRequest request, ImportDirectory import, CancellationToken ct)
    {
        var outcome = await import.ExecuteAsync(caller, new ImportStream(request.Body).RowsAsync(ct), ct);
        return outcome.IsOk ? TypedResults.Ok(outcome.Value) : Problems.Of(outcome.Error);
    }

    private static Results<Ok<DeviceResource>, ProblemHttpResult> Answer(Outcome<Device> outcome) =>
        outcome.IsOk ? TypedResults.Ok(DeviceResource.Of(outcome.Value)) : Problems.Of(outcome.Error);
}
