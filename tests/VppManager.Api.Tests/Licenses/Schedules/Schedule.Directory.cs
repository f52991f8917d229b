using System.Net;

namespace VppManager.Api.Tests.Licenses.Schedules;

/// <summary>What administrators do.</summary>
internal sealed partial class Schedule
{
    private async Task<string> AssignAsync()
    {
        var app = Any(world.Apps);
        var assignments = random.Next(7) == 0 ? [] : Targets(app);
        await AskAsync(HttpMethod.Post, $"{Graph}/mobileApps/{app.Id}/assign", new { mobileAppAssignments = assignments.Select(Wire) });
        app.Assignments = assignments;
        return $"{app.AdamId} to {string.Join(", ", assignments)}";
    }

    private List<WorldAssignment> Targets(WorldApp app)
    {
        List<WorldAssignment> targets =
        [
            .. Some(world.Groups, world.Groups.Count).Select(group => new WorldAssignment(
                random.Next(5) == 0 ? WorldTarget.Exclusion : WorldTarget.Group, group, IsForDevices(app))),
        ];
        if (random.Next(8) == 0) targets.Add(new WorldAssignment(WorldTarget.AllUsers, null, IsForDevices(app)));
        if (random.Next(8) == 0) targets.Add(new WorldAssignment(WorldTarget.AllDevices, null, IsForDevices(app)));
        return targets;
    }

    /// <summary>One and the same for all assignments of an app: where they change or mix, it depends on who held what before (L8, L9).</summary>
    private bool IsForDevices(WorldApp app) => (seed + world.Apps.IndexOf(app)) % 3 != 0;

    private static Dictionary<string, object?> Wire(WorldAssignment one) => new()
    {
        ["@odata.type"] = "#microsoft.graph.mobileAppAssignment",
        ["intent"] = "required",
        ["target"] = new Dictionary<string, object?>
        {
            ["@odata.type"] = one.Target switch
            {
                WorldTarget.Exclusion => "#microsoft.graph.exclusionGroupAssignmentTarget",
                WorldTarget.AllUsers => "#microsoft.graph.allLicensedUsersAssignmentTarget",
                WorldTarget.AllDevices => "#microsoft.graph.allDevicesAssignmentTarget",
                _ => "#microsoft.graph.groupAssignmentTarget",
            },
        }.With("groupId", one.Group?.Id),
        ["settings"] = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.iosVppAppAssignmentSettings", ["useDeviceLicensing"] = one.ForDevices },
    };

    private async Task<string> JoinAsync()
    {
        var (group, member) = (Any(world.Groups), Any(world.Members));
        if (!group.Members.Add(member)) return "already in";

        await JoinAsync(group, member);
        return $"{NameOf(member)} joins {group.Name}";
    }

    private Task<HttpStatusCode> JoinAsync(WorldGroup group, Guid member) => AskAsync(HttpMethod.Post, $"/v1.0/groups/{group.Id}/members/$ref",
        new Dictionary<string, object> { ["@odata.id"] = $"https://graph.microsoft.com/v1.0/directoryObjects/{member}" });

    private async Task<string> LeaveAsync()
    {
        var group = Any(world.Groups);
        if (group.Members.Count == 0) return "empty";

        var member = Any([.. group.Members]);
        group.Members.Remove(member);
        await AskAsync(HttpMethod.Delete, $"/v1.0/groups/{group.Id}/members/{member}/$ref");
        return $"{NameOf(member)} leaves {group.Name}";
    }

    private async Task<string> NestAsync()
    {
        var at = random.Next(1, world.Groups.Count);
        var (outer, inner) = (world.Groups[random.Next(at)], world.Groups[at]);
        if (outer.Groups.Remove(inner))
        {
            await AskAsync(HttpMethod.Delete, $"/v1.0/groups/{outer.Id}/members/{inner.Id}/$ref");
            return $"{inner.Name} out of {outer.Name}";
        }

        outer.Groups.Add(inner);
        await JoinAsync(outer, inner.Id);
        return $"{inner.Name} into {outer.Name}";
    }

    private async Task<string> DeleteGroupAsync()
    {
        if (world.Groups.Count < 4) return "too few left";

        var group = world.Groups[^1];
        await AskAsync(HttpMethod.Delete, $"/v1.0/groups/{group.Id}");
        world.Forget(group);
        return group.Name;
    }

    private async Task<string> DeleteUserAsync()
    {
        if (world.Users.Count < 4) return "too few left";

        var user = Any(world.Users);
        await AskAsync(HttpMethod.Delete, $"/v1.0/users/{user.Id}");
        world.Forget(user);
        return user.Name;
    }

    private async Task<string> HandOverAsync()
    {
        var (device, user) = (Any(world.Devices), random.Next(4) == 0 ? null : Any(world.Users));
        await AskAsync(HttpMethod.Patch, $"/vpp/devices/{device.Id}", new Dictionary<string, object?> { ["userId"] = user?.Id });
        device.User = user?.Id;
        return $"{device.Serial} to {user?.Name ?? "nobody"}";
    }

    private async Task<string> ImportAsync()
    {
        var (group, members) = (Any(world.Groups), Some(world.Members, 8));
        await AskAsync(HttpMethod.Post, "/vpp/directory/import", new
        {
            memberships = members.Select(member => world.Devices.Exists(one => one.Id == member)
                ? new Dictionary<string, object> { ["group"] = group.Id, ["device"] = NameOf(member) }
                : new Dictionary<string, object> { ["group"] = group.Id, ["user"] = member }),
        });
        group.Members.UnionWith(members);
        return $"{string.Join(", ", members.Select(NameOf))} into {group.Name}";
    }

    private async Task<string> RetireAsync()
    {
        var device = Any(world.Devices);
        await AskAsync(HttpMethod.Post, $"/vpp/devices/{device.Id}/retire");
        device.Managed = false;
        return device.Serial;
    }

    private async Task<string> EnrolAsync()
    {
        var device = Any(world.Devices);
        await AskAsync(HttpMethod.Post, "/vpp/devices", new { serialNumber = device.Serial });
        device.Managed = true;
        return device.Serial;
    }

    private async Task<string> SwitchUserAsync()
    {
        var user = Any(world.Users);
        user.Enabled = !user.Enabled;
        await AskAsync(HttpMethod.Patch, $"/v1.0/users/{user.Id}", new { accountEnabled = user.Enabled });
        return $"{user.Name} {(user.Enabled ? "enabled" : "disabled")}";
    }

    private async Task<string> RevokeOfDeviceAsync()
    {
        var (app, device) = (Any(world.Apps), Any(world.Devices));
        app.Revoked = true;
        return $"{app.AdamId} of {device.Serial}: {await RevokeAsync(app, "revokeDeviceLicense", new { managedDeviceId = device.Id })}";
    }

    private async Task<string> RevokeOfUserAsync()
    {
        var (app, user) = (Any(world.Apps), Any(world.Users));
        app.Revoked = true;
        return $"{app.AdamId} of {user.Name}: {await RevokeAsync(app, "revokeUserLicense", new { userId = user.Id })}";
    }

    private async Task<string> RevokeOfAppAsync()
    {
        var app = Any(world.Apps);
        app.Revoked = true;
        return $"{app.AdamId}: {await RevokeAsync(app, "revokeAllLicenses", new { })}";
    }

    private async Task<string> RevokeAllOfDeviceAsync()
    {
        var device = Any(world.Devices);
        world.Apps.ForEach(app => app.Revoked = true);
        return $"{device.Serial}: {await AskAsync(HttpMethod.Post, $"/beta/deviceManagement/managedDevices/{device.Id}/revokeAppleVppLicenses", null, NothingToRevoke)}";
    }

    private static HttpStatusCode[] NothingToRevoke { get; } = [HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Conflict];

    private Task<HttpStatusCode> RevokeAsync(WorldApp app, string action, object body) =>
        AskAsync(HttpMethod.Post, $"{Graph}/mobileApps/{app.Id}/{action}", body, NothingToRevoke);

    private async Task<string> AssignAgainAsync()
    {
        var device = Any(world.Devices);
        var licenses = await service.Licenses(organization.Tenant, device.Serial);
        if (licenses.Count == 0) return "no licence";

        await AskAsync(HttpMethod.Post, $"/vpp/licenses/{licenses[0]}/assignAgain");
        return $"{device.Serial} {licenses[0]}";
    }

    /// <summary>Several administrators at once, on both instances. None of them undoes what another does.</summary>
    private async Task<string> BurstAsync()
    {
        Func<Task<string>>[] at =
        [
            AssignAsync, Any<Func<Task<string>>>([JoinAsync, LeaveAsync]), Any<Func<Task<string>>>([RetireAsync, EnrolAsync]), SwitchUserAsync, RevokeOfDeviceAsync,
            SyncAsync, BuyAsync,
        ];
        return string.Join("; ", await Task.WhenAll(Some(at, at.Length).Select(act => act())));
    }

    private string NameOf(Guid member) => world.Devices.Find(one => one.Id == member)?.Serial ?? world.Users.Find(one => one.Id == member)!.Name;
}

internal static class WireValues
{
    /// <summary>A member that is left out when there is nothing to say.</summary>
    public static Dictionary<string, object?> With(this Dictionary<string, object?> body, string name, object? value)
    {
        if (value is not null) body[name] = value;
        return body;
    }
}
