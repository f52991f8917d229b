using System.Net;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Licenses.Schedules;

/// <summary>What happens at Apple, and on the way there.</summary>
internal sealed partial class Schedule
{
    private static readonly string[] Paths = ["/assets/associate", "/assets/disassociate", "/status", "/users/create", "/assignments", "/assets", "/users", "/client/config", "*"];

    private readonly List<Guid> duplicates = [];

    private static IReadOnlyList<(string Name, Fault Fault)> Faults { get; } =
    [
        ("500", Fault.Answer(500)),
        ("9603", Fault.Error(9603, 500)),
        ("9603 after the work was done", Fault.Error(9603, 500).AfterProcessing()),
        ("503 with Retry-After in seconds", Fault.Error(9729, 503).After(TimeSpan.FromSeconds(1))),
        ("503 with Retry-After as a date", Fault.Answer(503).After(DateTimeOffset.UtcNow)),
        ("429", Fault.Error(9646, 429)),
        ("connection gone before", Fault.Dropped(processed: false)),
        ("connection gone after", Fault.Dropped()),
        ("half an answer", Fault.Truncated()),
        ("a page for people", Fault.Page(503)),
        ("a page for people, 200", Fault.Page()),
        ("slow", Fault.Slow(TimeSpan.FromMilliseconds(300))),
    ];

    private Task<string> BuyAsync()
    {
        var (app, count) = (Any(world.Apps), random.Next(1, 5));
        organization.Location.Buy(app.AdamId, count);
        return Task.FromResult($"{count} of {app.AdamId}");
    }

    private Task<string> RefundAsync()
    {
        var app = Any(world.Apps);
        var count = Math.Min(organization.Location.Asset(app.AdamId).Counts.Total, random.Next(1, 4));
        organization.Location.Refund(app.AdamId, count);
        return Task.FromResult($"{count} of {app.AdamId}");
    }

    private Task<string> ForeignAssignAsync()
    {
        var app = Any(world.Apps);
        string[] serials = [random.Next(2) == 0 ? Any(world.Devices).Serial : $"FOREIGN-{random.Next(6)}"];
        string[] users = random.Next(4) == 0 ? [$"foreign-{random.Next(3)}"] : [];
        organization.Location.AddUsers(users);
        try
        {
            organization.Location.Assign(app.AdamId, serials, users);
            return Task.FromResult($"{app.AdamId} to {string.Join(", ", serials.Concat(users))}");
        }
        catch (InvalidOperationException)
        {
            return Task.FromResult("no licences left");
        }
    }

    private Task<string> ForeignUnassignAsync()
    {
        var held = organization.Location.Assignments;
        if (held.Count == 0) return Task.FromResult("nothing assigned");

        var one = Any(held);
        organization.Location.Unassign(one.AdamId, one.SerialNumber is { } serial ? [serial] : [], one.ClientUserId is { } user ? [user] : []);
        return Task.FromResult($"{one.AdamId} of {one.SerialNumber ?? one.ClientUserId}");
    }

    /// <summary>Somebody else retires a user at Apple: what they hold comes free, and Apple does not know them any more.</summary>
    private Task<string> ForeignRetireAsync()
    {
        var active = organization.Location.AllUsers.Where(user => user.Status is "Registered" or "Associated").ToList();
        if (active.Count == 0) return Task.FromResult("no users");

        var user = Any(active).ClientUserId;
        organization.Location.RetireUsers(user);
        return Task.FromResult(user);
    }

    private Task<string> RequestFaultAsync()
    {
        var ((name, fault), path, count) = (Any(Faults), Any(Paths), random.Next(1, 4));
        service.Apple.Faults.Next(path, count, fault, organization.Location.Uid);
        return Task.FromResult($"{count} × {name} at {path}");
    }

    private Task<string> EventFaultAsync()
    {
        var error = Any([9603, 9644, 9729]);
        organization.Location.FailEvents(1, error);
        return Task.FromResult($"{error}");
    }

    private Task<string> HoldEventsAsync()
    {
        var count = random.Next(1, 3);
        organization.Location.HoldEvents(count);
        return Task.FromResult($"{count}");
    }

    private Task<string> ReleaseEventsAsync() => Task.FromResult($"{organization.Location.ReleaseEvents()}");

    private Task<string> NotificationsAsync()
    {
        var (count, control) = (random.Next(1, 4), organization.Location.Notifications);
        switch (random.Next(5))
        {
            case 0:
                control.LoseNext(count);
                return Task.FromResult($"{count} lost");
            case 1:
                control.DoubleNext(count);
                return Task.FromResult($"{count} doubled");
            case 2:
                control.ReverseNext(count);
                return Task.FromResult($"{count} reversed");
            case 3:
                control.EarlyNext(count);
                return Task.FromResult($"{count} before the answer");
            default:
                control.DelayNext(count, TimeSpan.FromMilliseconds(200));
                return Task.FromResult($"{count} late");
        }
    }

    private async Task<string> SyncAsync() => $"{await AskAsync(HttpMethod.Post, $"{Graph}/vppTokens/{token}/syncLicenses", null, HttpStatusCode.Conflict)}";

    /// <summary>The pages come slowly, so that what follows happens between them.</summary>
    private async Task<string> TornSyncAsync()
    {
        service.Apple.Faults.Next("/assignments", 4, Fault.Slow(TimeSpan.FromMilliseconds(100)), organization.Location.Uid);
        var answer = await SyncAsync();
        for (var n = random.Next(1, 4); n > 0; n--)
        {
            answer += "; " + await (random.Next(2) == 0 ? ForeignAssignAsync() : ForeignUnassignAsync());
            await LetWorkAsync();
        }

        return answer;
    }

    private Task<string> TokenDiesAsync()
    {
        var one = organization.Location.Tokens[^1];
        (string Name, Action Do)[] ways =
            [("revoked", one.Revoke), ("expired", one.Expire), ("invalid", one.MakeInvalid), ("read only", one.MakeReadOnly), ("well again", one.MakeValid)];
        var (name, act) = Any(ways);
        act();
        return Task.FromResult(name);
    }

    private async Task<string> TokenRenewedAsync()
    {
        var issued = organization.Location.IssueToken(revokeOlder: random.Next(2) == 0);
        return $"{await AskAsync(HttpMethod.Patch, $"{Graph}/vppTokens/{token}", new { token = issued.VpptokenFile })}";
    }

    private async Task<string> DuplicateAsync()
    {
        if (duplicates.Count > 0)
        {
            await AskAsync(HttpMethod.Delete, $"{Graph}/vppTokens/{duplicates[^1]}");
            duplicates.RemoveAt(duplicates.Count - 1);
            return "deleted";
        }

        var file = organization.Location.IssueToken().VpptokenFile;
        var created = await organization.PostAsync($"{Graph}/vppTokens", new { token = file, dataSharingConsentGranted = true });
        duplicates.Add(created["id"]!.GetValue<Guid>());
        return created["state"]!.GetValue<string>();
    }

    private Task<string> TakeOverAsync()
    {
        organization.Location.TakeOver("another-mdm", "Another MDM");
        return Task.FromResult("by another MDM");
    }

    private async Task<string> TakeControlAsync() =>
        $"{await AskAsync(HttpMethod.Patch, $"{Graph}/vppTokens/{token}", new { claimTokenManagementFromExternalMdm = true })}";
}
