using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Directory;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Core;
using Wire = VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

internal static class DirectoryWrites
{
    public static void MapDirectoryWrites(this IEndpointRouteBuilder version, GraphModel model)
    {
        MapUsers(version, UsersEndpoints.Set(model));
        MapGroups(version, GroupsEndpoints.Set(model));

        var members = version.MapGroup("/groups/{group}/members").WithTags("Groups").RequirePermission(GraphPermissions.WriteMembers);
        members.MapPost("/$ref", AddMemberAsync).Produces(204);
        members.MapDelete("/{member}/$ref", RemoveMemberAsync).Produces(204);

        var devices = version.MapGroup("/deviceManagement/managedDevices").WithTags("Devices");
        var managed = DevicesEndpoints.Managed(model);
        devices.MapPatch("/{key}", (HttpContext http, string key, Caller caller, PatchDevice patch, GraphReads reads) =>
                PatchDeviceAsync(http, key, caller, patch, reads, managed))
            .RequirePermission(GraphPermissions.UpdateDevices).Accepts<Wire.ManagedDevice>("application/json")
                .Produces<Wire.ManagedDevice>();
        devices.MapDelete("/{key}", RetireAsync).RequirePermission(GraphPermissions.DeleteDevices).Produces(204);
        devices.MapPost("/{key}/retire", RetireAsync).RequirePermission(GraphPermissions.RetireDevices).Produces(204);
        devices.MapPost("/{key}/wipe", WipeAsync).RequirePermission(GraphPermissions.WipeDevices).Produces(204);
        devices.MapPost("/{key}/syncDevice", SyncAsync).RequirePermission(GraphPermissions.SyncDevices).Produces(204);
    }

    private static void MapUsers(IEndpointRouteBuilder version, GraphSet<Wire.User> set)
    {
        var users = version.MapGroup("/users").WithTags("Users").RequirePermission(GraphPermissions.WriteUsers);

        users.MapPost("/", (HttpContext http, Caller caller, CreateUser create, GraphReads reads, Repeats repeats) => repeats.CreatedAsync(http, caller, reads, set, "users", async () =>
        {
            var values = DirectoryForms.UserOf(await GraphModel.Beta.ReadPatchAsync<Wire.User>(http));
            return $"{(await create.ExecuteAsync(caller, values, http.RequestAborted)).OrFault().Id}";
        })).Accepts<Wire.User>("application/json").Produces<Wire.User>(201);
        users.MapPatch("/{key}", async (HttpContext http, string key, Caller caller, PatchUser patch, GraphReads reads) =>
        {
            var values = DirectoryForms.UserOf(await GraphModel.Beta.ReadPatchAsync<Wire.User>(http));
            (await patch.ExecuteAsync(caller, await UserAsync(http, reads, key), values, http.RequestAborted)).OrFault();
            return TypedResults.NoContent();
        }).Accepts<Wire.User>("application/json").Produces(204);
        users.MapDelete("/{key}", async (HttpContext http, string key, Caller caller, DeleteUser delete, GraphReads reads) =>
        {
            (await delete.ExecuteAsync(caller, await UserAsync(http, reads, key), http.RequestAborted)).OrFault();
            return TypedResults.NoContent();
        }).Produces(204);
    }

    private static void MapGroups(IEndpointRouteBuilder version, GraphSet<Wire.Group> set)
    {
        var groups = version.MapGroup("/groups").WithTags("Groups").RequirePermission(GraphPermissions.WriteGroups);

        groups.MapPost("/", (HttpContext http, Caller caller, CreateGroup create, GraphReads reads, Repeats repeats) => repeats.CreatedAsync(http, caller, reads, set, "groups", async () =>
        {
            var (values, members) = await DirectoryForms.GroupAsync(http);
            return $"{(await create.ExecuteAsync(caller, values, members, http.RequestAborted)).OrFault().Id}";
        })).Accepts<Wire.Group>("application/json").Produces<Wire.Group>(201);
        groups.MapPatch("/{key}", async (HttpContext http, string key, Caller caller, PatchGroup patch) =>
        {
            var (values, members) = await DirectoryForms.GroupAsync(http);
            (await patch.ExecuteAsync(caller, Refusals.Key(key), values, members, http.RequestAborted)).OrFault();
            return TypedResults.NoContent();
        }).Accepts<Wire.Group>("application/json").Produces(204);
        groups.MapDelete("/{key}", async (HttpContext http, string key, Caller caller, DeleteGroup delete) =>
        {
            (await delete.ExecuteAsync(caller, Refusals.Key(key), http.RequestAborted)).OrFault();
            return TypedResults.NoContent();
        }).Produces(204);
    }

    /// <summary>Users are named by their id or by their principal name.</summary>
    private static async Task<Guid> UserAsync(HttpContext http, GraphReads reads, string key)
    {
        if (Guid.TryParse(key, out var id)) return id;

        await using var db = reads.For(http);
        var named = await UsersEndpoints.IdOf(db, key).FirstOrDefaultAsync(http.RequestAborted);
        return named is null ? throw GraphFault.NotFound("user", key) : Guid.Parse(named);
    }

    private static async Task<IResult> AddMemberAsync(HttpContext http, string group, Caller caller, AddMember add)
    {
        var member = await ReferenceBody.ReadAsync(http);
        var added = await add.ExecuteAsync(caller, Refusals.Key(group), member, http.RequestAborted);
        if (!(Repeats.IsAgain(http) && added is { IsOk: false } && added.Error == VppError.MemberExists)) added.OrFault();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> RemoveMemberAsync(HttpContext http, string group, string member, Caller caller, RemoveMember remove)
    {
        (await remove.ExecuteAsync(caller, Refusals.Key(group), Refusals.Key(member), http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> RetireAsync(HttpContext http, string key, Caller caller, RetireDevice retire)
    {
        (await retire.ExecuteAsync(caller, Refusals.Key(key), http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> WipeAsync(HttpContext http, string key, Caller caller, RetireDevice retire)
    {
        // Its parameters say how an MDM server wipes; we send no such command.
        using var body = await JsonBody.ReadOrEmptyAsync(http);
        (await retire.WipeAsync(caller, Refusals.Key(key), http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }

    private static async Task PatchDeviceAsync(
        HttpContext http, string key, Caller caller, PatchDevice patch, GraphReads reads, GraphSet<Wire.ManagedDevice> set)
    {
        var body = await GraphModel.Beta.ReadPatchAsync<Wire.ManagedDevice>(http);
        (await patch.ExecuteAsync(caller, Refusals.Key(key), DirectoryForms.DeviceOf(body), http.RequestAborted)).OrFault();
        await set.WrittenAsync(http, reads, key, StatusCodes.Status200OK);
    }

    private static async Task<IResult> SyncAsync(HttpContext http, string key, Caller caller, SyncDevice sync)
    {
        (await sync.ExecuteAsync(caller, Refusals.Key(key), http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }
}
