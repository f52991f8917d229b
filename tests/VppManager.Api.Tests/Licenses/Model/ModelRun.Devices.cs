using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Model;

/// <summary>What devices and their users do.</summary>
internal sealed partial class ModelRun
{
    private async Task<string> AskForAsync(Drawn step)
    {
        var (device, app) = (Any(world.Devices, step.A), Any(world.Apps, step.B));
        if (device is not { IsManaged: true, ActiveUser: { } user }) return $"nobody uses {device.Serial}";

        var offered = (await AskAsync(HttpMethod.Get, $"/portal/users/{user.Id}/devices/{device.Id}/apps", by: portal))!["value"]!.AsArray()
            .Any(one => one!["appId"]!.GetValue<Guid>() == app.Id && one["canInstall"]!.GetValue<bool>());
        if (!offered) return $"{app.AdamId} is not offered on {device.Serial}";

        await AskAsync(HttpMethod.Post, $"/portal/users/{user.Id}/devices/{device.Id}/apps/{app.Id}/install", by: portal);
        var seq = app.Installs.Find(one => one.Device == device) is { } before && before.User == user ? before.Seq : world.Next();
        app.Installs.RemoveAll(one => one.Device == device);
        app.Installs.Add(new NaiveInstall(device, user, seq));
        return $"{user.Name} asks for {app.AdamId} on {device.Serial}";
    }

    /// <summary>The device says what it has, and does what it is told.</summary>
    private async Task<string> CheckInAsync(Drawn step)
    {
        var device = Any(world.Devices, step.A);
        if (!device.IsManaged) return $"{device.Serial} is not managed";

        var expected = world.Told(device, accepted.Contains).Distinct().Order(StringComparer.Ordinal).ToList();
        var answer = await AskAsync(HttpMethod.Post, $"/mdm/devices/{device.Id}/checkin", new { apps = device.Installed.Select(adamId => new { adamId, version = "1.0", isManaged = true }) });
        var told = answer!["actions"]!.AsArray().Select(Words).Distinct().Order(StringComparer.Ordinal).ToList();
        if (!expected.SequenceEqual(told))
            Assert.Fail($"{device.Serial} was to be told [{string.Join(", ", expected)}] and was told [{string.Join(", ", told)}] after\n{string.Join('\n', story)}");

        foreach (var app in world.Apps)
        {
            if (told.Contains($"install {app.AdamId}")) device.Installed.Add(app.AdamId);
            if (told.Contains($"remove {app.AdamId}")) device.Installed.Remove(app.AdamId);
        }

        return $"{device.Serial} checks in and is told [{string.Join(", ", told)}]";
    }

    private static string Words(JsonNode? action)
    {
        var kind = action!["kind"]!.GetValue<string>();
        return kind == "invite" ? kind : $"{kind} {action["iTunesStoreId"]}";
    }

    private async Task<string> AcceptAsync(Drawn step)
    {
        var user = Any(world.Users, step.A);
        var known = await service.ColumnAsync<string>(
            "select client_user_id from apple_users where tenant_id = $1 and user_id = $2 and status = 'registered' and retire_asked_at is null", organization.Tenant, user.Id);
        if (known.Count == 0) return $"{user.Name} is not invited";

        organization.Location.AcceptInvitation(known[0], $"{user.Name}@icloud.example");
        await organization.SyncAsync(token);
        accepted.Add(user);
        return $"{user.Name} accepts";
    }

    private Task<string> DropAppAsync(Drawn step)
    {
        var device = Any(world.Devices, step.A);
        if (device.Installed.Count == 0) return Task.FromResult($"{device.Serial} has nothing to delete");

        var adamId = Any([.. device.Installed.Order(StringComparer.Ordinal)], step.B);
        device.Installed.Remove(adamId);
        if (world.Apps.Find(one => one.AdamId == adamId)!.AskedOn(device) is { } asked) asked.IsRemoved = true;
        return Task.FromResult($"{adamId} is deleted on {device.Serial}");
    }
}
