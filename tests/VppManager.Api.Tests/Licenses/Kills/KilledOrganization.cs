using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Kills;

/// <summary>An organization whose licences are brought to a step and kept there until the service has been killed.</summary>
internal sealed class KilledOrganization(ServiceFixture service, KillStep step, Organization organization) : IAsyncDisposable
{
    public const string AdamId = "1";
    public const int Seats = 100;

    private Guid token;
    private Guid group;
    private Holding? holding;

    public static IReadOnlyList<string> Serials { get; } = [.. Enumerable.Range(1, 500).Select(n => $"KT{n:D4}")];

    public Organization Organization => organization;

    public Guid App { get; private set; }

    public async Task PrepareAsync()
    {
        organization.Location.AddAsset(AdamId, Seats);
        token = await organization.UploadTokenAsync();
        App = await organization.AppAsync(AdamId);
        group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, Serials);
        holding = await Holding.OpenAsync(service.ConnectionString);
    }

    /// <summary>Assigns the app, and waits until the licences are at the step.</summary>
    public async Task ReachAsync()
    {
        await HoldUpAsync();
        await organization.AssignAsync(App, group);
        switch (step)
        {
            case KillStep.Marked:
                await CountAsync("select count(*) from marks where tenant_id = $1", marks => marks > 0);
                break;
            case KillStep.SeatsTaken:
                await CountAsync("select count(*) from licenses where tenant_id = $1 and state = 'assigning' and request_id is null", seats => seats == Seats);
                break;
            case KillStep.Planned:
                await RequestIsAsync("queued");
                break;
            case KillStep.AcceptedByApple:
                await RequestIsAsync("queued");
                await holding!.ExecuteAsync($"begin; select 1 from apple_requests where tenant_id = '{organization.Tenant}' for update");
                await Eventually.IsAsync(() => Task.FromResult(organization.Location.Assignments.Count), count => count == Seats);
                break;
            case KillStep.Pending:
                await RequestIsAsync("pending");
                break;
            case KillStep.AboutToConfirm:
                await RequestIsAsync("pending");
                await holding!.ExecuteAsync($"begin; select 1 from pools where tenant_id = '{organization.Tenant}' for update");
                organization.Location.ReleaseEvents();
                await CountAsync(SomebodyWaits, waiting => waiting > 0);
                break;
            default:
                await CountAsync("select count(*) from licenses where tenant_id = $1 and state = 'held'", held => held == Seats);
                break;
        }
    }

    /// <summary>The service has been killed: nothing keeps the next one from going on.</summary>
    public async Task LetGoAsync()
    {
        await holding!.DisposeAsync();
        if (step is KillStep.Planned) await service.ExecuteAsync("delete from request_pace where key = $1", organization.Location.Uid);
        if (step is KillStep.SeatsTaken) await service.ExecuteAsync("update work set leased_until = null where tenant_id = $1", organization.Tenant);
        if (step is KillStep.Pending) organization.Location.ReleaseEvents();
    }

    public ValueTask DisposeAsync() => holding?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Keeps the service from getting past the step.</summary>
    private Task HoldUpAsync()
    {
        switch (step)
        {
            case KillStep.Marked:
                return holding!.ExecuteAsync($"select pg_advisory_lock(hashtextextended('settle:{organization.Tenant}', 0))");
            case KillStep.SeatsTaken:
                return service.ExecuteAsync(PlanningIsLeased, organization.Tenant, token);
            case KillStep.Planned or KillStep.AcceptedByApple:
                return service.ExecuteAsync(
                    "insert into request_pace (key, next_at) values ($1, now() + $2) on conflict (key) do update set next_at = excluded.next_at",
                    organization.Location.Uid, step is KillStep.Planned ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(3));
            case KillStep.Pending or KillStep.AboutToConfirm:
                organization.Location.HoldEvents(1);
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    private Task<long> RequestIsAsync(string state) =>
        CountAsync($"select count(*) from apple_requests where tenant_id = $1 and state = '{state}'", count => count == 1);

    private Task<long> CountAsync(string sql, Func<long, bool> expected) =>
        Eventually.IsAsync(() => service.ScalarAsync<long>(sql, organization.Tenant), expected);

    /// <summary>As if another worker were at it.</summary>
    private const string PlanningIsLeased = """
        insert into work (lane, tenant_id, key, run_at, leased_until) select 'plan', $1, location_id, now(), now() + interval '1 hour' from tokens where id = $2
        on conflict (lane, key) do update set leased_until = excluded.leased_until
        """;

    private const string SomebodyWaits = """
        select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and $1::uuid is not null
        """;
}
