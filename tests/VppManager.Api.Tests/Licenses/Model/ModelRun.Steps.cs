using System.Net;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Model;

/// <summary>What can happen.</summary>
internal sealed partial class ModelRun
{
    private Task<string> DoAsync(Drawn step)
    {
        Func<Drawn, Task<string>>[] ways =
        [
            AssignAsync, AssignAsync, AssignAsync, UnassignAsync, JoinAsync, JoinAsync, JoinAsync, LeaveAsync, NestAsync, HandOverAsync, RetireAsync, EnrolAsync,
            SwitchUserAsync, DeleteUserAsync, DeleteGroupAsync, BuyAsync, RefundAsync, RevokeOfDeviceAsync, RevokeOfUserAsync, RevokeOfAppAsync, AssignAgainAsync,
            AskForAsync, AskForAsync, AskForAsync, CheckInAsync, CheckInAsync, CheckInAsync, AcceptAsync, DropAppAsync,
        ];
        return ways[step.What % ways.Length](step);
    }

    private static T Any<T>(IReadOnlyList<T> things, int number) => things[number % things.Count];

    private async Task<string> AssignAsync(Drawn step)
    {
        var (app, intent) = (Any(world.Apps, step.A), (NaiveIntent)(step.B % 3));
        var target = (step.B / 3 % 8) switch { 0 => NaiveTarget.AllUsers, 1 => NaiveTarget.AllDevices, 2 => NaiveTarget.Exclusion, _ => NaiveTarget.Group };
        var group = target is NaiveTarget.Group or NaiveTarget.Exclusion ? Any(world.Groups, step.C) : null;
        if (intent is NaiveIntent.Available && (group is { IsForUsers: false } || target is NaiveTarget.AllDevices)) return "nothing: no group of devices can have Available";
        if (target is NaiveTarget.Exclusion) intent = NaiveIntent.Required;

        var same = app.Assignments.Find(one => one.Target == target && one.Group == group && one.Intent == intent);
        app.Assignments = [.. app.Assignments.Where(one => one.Group != group || (group is null && one.Target != target)), same ?? new NaiveAssignment(target, group, intent, world.Next())];
        await SendAsync(app);
        return $"{app.AdamId} {intent} for {target} {world.Groups.IndexOf(group!)}";
    }

    private async Task<string> UnassignAsync(Drawn step)
    {
        var app = Any(world.Apps, step.A);
        if (app.Assignments.Count == 0) return "nothing is assigned";

        var one = Any(app.Assignments, step.B);
        app.Assignments = app.Assignments.FindAll(other => other != one);
        await SendAsync(app);
        return $"{app.AdamId} no longer {one.Intent} for {one.Target} {world.Groups.IndexOf(one.Group!)}";
    }

    private async Task SendAsync(NaiveApp app) => await AskAsync(HttpMethod.Post, $"{Graph}/mobileApps/{app.Id}/assign", new
    {
        mobileAppAssignments = app.Assignments.Select(one => new Dictionary<string, object?>
        {
            ["@odata.type"] = "#microsoft.graph.mobileAppAssignment",
            ["intent"] = one.Intent.ToString().ToLowerInvariant(),
            ["target"] = Target(one),
            ["settings"] = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.iosVppAppAssignmentSettings", ["useDeviceLicensing"] = app.IsForDevices },
        }),
    });

    private static Dictionary<string, object?> Target(NaiveAssignment one)
    {
        var target = new Dictionary<string, object?>
        {
            ["@odata.type"] = one.Target switch
            {
                NaiveTarget.Exclusion => "#microsoft.graph.exclusionGroupAssignmentTarget",
                NaiveTarget.AllUsers => "#microsoft.graph.allLicensedUsersAssignmentTarget",
                NaiveTarget.AllDevices => "#microsoft.graph.allDevicesAssignmentTarget",
                _ => "#microsoft.graph.groupAssignmentTarget",
            },
        };
        if (one.Group is { } group) target["groupId"] = group.Id;
        return target;
    }

    private async Task<string> JoinAsync(Drawn step)
    {
        var group = Any(world.Groups, step.A);
        var member = group.IsForUsers || world.Users.Count > step.B % 11 ? Any(world.Users, step.B).Id : Any(world.Devices, step.B).Id;
        if (!group.Members.TryAdd(member, world.Next())) return "already a member";

        await organization.JoinAsync(group.Id, member);
        return $"{NameOf(member)} joins {world.Groups.IndexOf(group)}";
    }

    private async Task<string> LeaveAsync(Drawn step)
    {
        var group = Any(world.Groups, step.A);
        if (group.Members.Count == 0) return "nobody is in it";

        var member = Any([.. group.Members.Keys.OrderBy(NameOf)], step.B);
        group.Members.Remove(member);
        await organization.LeaveAsync(group.Id, member);
        return $"{NameOf(member)} leaves {world.Groups.IndexOf(group)}";
    }

    /// <summary>The first group of each kind takes the second one in, or lets it go.</summary>
    private async Task<string> NestAsync(Drawn step)
    {
        var alike = world.Groups.Where(group => group.IsForUsers == (step.A % 2 == 0)).ToList();
        if (alike.Count < 2) return "no two alike";

        var (outer, inner) = (alike[0], alike[1]);
        if (outer.Groups.Remove(inner)) await organization.LeaveAsync(outer.Id, inner.Id);
        else
        {
            outer.Groups[inner] = world.Next();
            await organization.JoinAsync(outer.Id, inner.Id);
        }

        return $"{world.Groups.IndexOf(inner)} {(outer.Groups.Count > 0 ? "into" : "out of")} {world.Groups.IndexOf(outer)}";
    }

    private async Task<string> HandOverAsync(Drawn step)
    {
        var (device, user) = (Any(world.Devices, step.A), step.B % 4 == 0 ? null : Any(world.Users, step.B));
        device.User = user;
        await AskAsync(HttpMethod.Patch, $"/vpp/devices/{device.Id}", new Dictionary<string, object?> { ["userId"] = user?.Id });
        return $"{device.Serial} to {user?.Name ?? "nobody"}";
    }

    private async Task<string> RetireAsync(Drawn step)
    {
        var device = Any(world.Devices, step.A);
        device.IsManaged = false;
        await AskAsync(HttpMethod.Post, $"/vpp/devices/{device.Id}/retire");
        return $"{device.Serial} is retired";
    }

    private async Task<string> EnrolAsync(Drawn step)
    {
        var device = world.Devices.Find(one => !one.IsManaged) ?? Any(world.Devices, step.A);
        device.IsManaged = true;
        await AskAsync(HttpMethod.Post, "/vpp/devices", new { serialNumber = device.Serial });
        return $"{device.Serial} is enrolled";
    }

    private async Task<string> SwitchUserAsync(Drawn step)
    {
        var user = Any(world.Users, step.A);
        user.IsEnabled = !user.IsEnabled;
        await AskAsync(HttpMethod.Patch, $"/v1.0/users/{user.Id}", new { accountEnabled = user.IsEnabled });
        return $"{user.Name} {(user.IsEnabled ? "enabled" : "disabled")}";
    }

    private async Task<string> DeleteUserAsync(Drawn step)
    {
        if (world.Users.Count < 3 || step.B % 3 > 0) return "nobody is deleted";

        var user = Any(world.Users, step.A);
        await AskAsync(HttpMethod.Delete, $"/v1.0/users/{user.Id}");
        world.Forget(user);
        return $"{user.Name} is deleted";
    }

    private async Task<string> DeleteGroupAsync(Drawn step)
    {
        if (world.Groups.Count < 3 || step.B % 3 > 0) return "no group is deleted";

        var group = Any(world.Groups, step.A);
        await AskAsync(HttpMethod.Delete, $"/v1.0/groups/{group.Id}");
        world.Forget(group);
        return "a group is deleted";
    }

    private async Task<string> BuyAsync(Drawn step)
    {
        var app = Any(world.Apps, step.A);
        organization.Location.Buy(app.AdamId, 1 + step.B % 2);
        app.Total += 1 + step.B % 2;
        await organization.SyncAsync(token);
        return $"{1 + step.B % 2} more of {app.AdamId}";
    }

    private async Task<string> RefundAsync(Drawn step)
    {
        var app = Any(world.Apps, step.A);
        if (app.Taken >= app.Total) return "none is free";

        organization.Location.Refund(app.AdamId, 1);
        app.Total--;
        await organization.SyncAsync(token);
        return $"one less of {app.AdamId}";
    }

    private static HttpStatusCode[] NothingThere { get; } = [HttpStatusCode.NotFound, HttpStatusCode.Conflict];

    private async Task<string> RevokeOfDeviceAsync(Drawn step)
    {
        var (app, device) = (Any(world.Apps, step.A), Any(world.Devices, step.B));
        await AskAsync(HttpMethod.Post, $"{Graph}/mobileApps/{app.Id}/revokeDeviceLicense", new { managedDeviceId = device.Id }, NothingThere);
        app.Revoke(holder => holder == device.Serial);
        return $"{app.AdamId} of {device.Serial} is revoked";
    }

    private async Task<string> RevokeOfUserAsync(Drawn step)
    {
        var (app, user) = (Any(world.Apps, step.A), Any(world.Users, step.B));
        await AskAsync(HttpMethod.Post, $"{Graph}/mobileApps/{app.Id}/revokeUserLicense", new { userId = user.Id }, NothingThere);
        app.Revoke(holder => holder == user.Id.ToString());
        return $"{app.AdamId} of {user.Name} is revoked";
    }

    private async Task<string> RevokeOfAppAsync(Drawn step)
    {
        var app = Any(world.Apps, step.A);
        await AskAsync(HttpMethod.Post, $"{Graph}/mobileApps/{app.Id}/revokeAllLicenses", new { }, NothingThere);
        app.Revoke(_ => true);
        return $"all of {app.AdamId} are revoked";
    }

    private async Task<string> AssignAgainAsync(Drawn step)
    {
        var app = Any(world.Apps, step.A);
        if (!app.IsForDevices || app.Licenses.Find(one => one.RevokedAt is not null) is not { } license) return "none was revoked";

        var id = await service.ScalarAsync<Guid>("""
            select l.id from licenses l join pools p on p.tenant_id = $1 and p.id = l.pool_id where l.tenant_id = $1 and p.adam_id = $2 and l.holder = $3
            """, organization.Tenant, app.AdamId, license.Holder);
        await AskAsync(HttpMethod.Post, $"/vpp/licenses/{id}/assignAgain");
        license.RevokedAt = null;
        return $"{app.AdamId} to {license.Holder} again";
    }

    private string NameOf(Guid member) => world.Devices.Find(one => one.Id == member)?.Serial ?? world.Users.Find(one => one.Id == member)!.Name;
}
