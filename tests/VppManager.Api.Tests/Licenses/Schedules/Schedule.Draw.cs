using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Schedules;

/// <summary>What can happen, and how often it does.</summary>
internal sealed partial class Schedule
{
    private (int Weight, string Name, Func<Task<string>> Act)[] Deck =>
    [
        (12, "assign", AssignAsync),
        (10, "join", JoinAsync),
        (6, "leave", LeaveAsync),
        (3, "import", ImportAsync),
        (4, "several at once", BurstAsync),
        (2, "nest or take out", NestAsync),
        (1, "delete group", DeleteGroupAsync),
        (1, "delete user", DeleteUserAsync),
        (2, "hand over", HandOverAsync),
        (2, "foreign retire", ForeignRetireAsync),
        (4, "retire device", RetireAsync),
        (4, "enrol device", EnrolAsync),
        (3, "disable or enable user", SwitchUserAsync),
        (4, "revoke of device", RevokeOfDeviceAsync),
        (2, "revoke of user", RevokeOfUserAsync),
        (2, "revoke of app", RevokeOfAppAsync),
        (2, "revoke all of a device", RevokeAllOfDeviceAsync),
        (3, "assign again", AssignAgainAsync),
        (5, "buy", BuyAsync),
        (4, "refund", RefundAsync),
        (4, "foreign assign", ForeignAssignAsync),
        (4, "foreign unassign", ForeignUnassignAsync),
        (9, "request fault", RequestFaultAsync),
        (3, "event fault", EventFaultAsync),
        (2, "hold events", HoldEventsAsync),
        (2, "release events", ReleaseEventsAsync),
        (3, "notifications", NotificationsAsync),
        (6, "sync", SyncAsync),
        (2, "torn sync", TornSyncAsync),
        (2, "token dies", TokenDiesAsync),
        (3, "token renewed", TokenRenewedAsync),
        (1, "duplicate token", DuplicateAsync),
        (1, "takeover", TakeOverAsync),
        (2, "take control", TakeControlAsync),
        (10, "let work", LetWorkAsync),
    ];

    private (string Name, Func<Task<string>> Act) Draw()
    {
        var left = random.Next(Deck.Sum(one => one.Weight));
        foreach (var (weight, name, act) in Deck)
        {
            left -= weight;
            if (left < 0) return (name, act);
        }

        throw new InvalidOperationException("The deck is empty.");
    }

    /// <summary>Lets the service come a little further, or all the way.</summary>
    private async Task<string> LetWorkAsync()
    {
        using var glance = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var most = random.Next(1, 40);
        for (var n = 0; n < most; n++)
        {
            await glance.WaitForNextTickAsync(Ct);
            if (n % 5 == 4 && await UnfinishedAsync() == 0) return "all done";
        }

        return $"for {most} moments";
    }

    /// <summary>What the service has yet to look at, to send or to await.</summary>
    private Task<long> UnfinishedAsync() => service.ScalarAsync<long>("""
        select (select count(*) from marks where tenant_id = $1)
             + (select count(*) from licenses where tenant_id = $1 and state in ('assigning', 'releasing'))
             + (select count(*) from apple_requests where tenant_id = $1 and state in ('queued', 'pending'))
             + (select count(*) from tokens where tenant_id = $1 and last_sync_status = 'inProgress')
             + (select count(*) from work where tenant_id = $1 and lane in ('plan', 'request', 'notification', 'look', 'deletion'))
        """, organization.Tenant);

    /// <summary>Faults end, the token is good again, one sync is run, and everything settles.</summary>
    private async Task CalmDownAsync()
    {
        var apple = organization.Location;
        service.Apple.Faults.Clear(apple.Uid);
        apple.FailEvents(0, 0);
        apple.ReleaseEvents();
        apple.Notifications.Clear();
        foreach (var duplicate in duplicates) await AskAsync(HttpMethod.Delete, $"{Graph}/vppTokens/{duplicate}");
        await Eventually.IsAsync(async () =>
        {
            await AskAsync(HttpMethod.Patch, $"{Graph}/vppTokens/{token}", new { token = apple.IssueToken().VpptokenFile, claimTokenManagementFromExternalMdm = true });
            return await service.ScalarAsync<string>("select state from tokens where id = $1", token);
        }, state => state == "valid");
        await QuietAsync();
        // Who asks while a sync runs joins it (S3), and that one may have begun before all was calm.
        for (var n = 0; n < 2; n++)
        {
            await Eventually.IsAsync(async () =>
            {
                await AskAsync(HttpMethod.Post, $"{Graph}/vppTokens/{token}/syncLicenses");
                return (await organization.SyncedAsync(token))["lastSyncStatus"]!.GetValue<string>();
            }, status => status == "completed");
            await QuietAsync();
        }
    }

    private async Task QuietAsync()
    {
        try
        {
            await Eventually.IsAsync(async () =>
            {
                // What was put off is due now.
                await service.ExecuteAsync("update work set run_at = now() where tenant_id = $1 and run_at > now() + interval '1 second'", organization.Tenant);
                return await UnfinishedAsync();
            }, left => left == 0, every: TimeSpan.FromMilliseconds(200));
        }
        catch (Xunit.Sdk.XunitException failure)
        {
            throw new InvalidOperationException($"It does not come to rest: {failure.Message}\n{await Verdict.DescribeAsync(service, this)}", failure);
        }
    }
}
