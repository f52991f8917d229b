using System.Net.Http.Headers;
using Npgsql;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses;

/// <summary>No instance in process: these tests run the service as a process, to kill it. The one that went on after a kill is the next to be killed.</summary>
public sealed class Mortal(PostgresFixture postgres) : ServiceFixture(postgres)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    private ServiceProcess? process;
    private TimeSpan gatherFor;

    internal int Port { get; } = ServiceProcess.FreePort();

    protected override int Instances => 0;

    /// <summary>The service, running.</summary>
    /// <param name="gathers">How long it gathers licences before it plans their request.</param>
    internal async Task<ServiceProcess> RunningAsync(TimeSpan? gathers = null)
    {
        if (process is not null && gatherFor == (gathers ?? Soon)) return process;

        if (process is not null) await process.KillAsync();
        process?.Dispose();
        gatherFor = gathers ?? Soon;
        return process = await ServiceProcess.StartAsync(Port, Environment());
    }

    internal async Task KillAsync()
    {
        await process!.KillAsync();
        process.Dispose();
        process = null;
    }

    public override ValueTask DisposeAsync()
    {
        process?.Dispose();
        return base.DisposeAsync();
    }

    private Dictionary<string, string> Environment() => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ConnectionStrings:VppManager"] = ConnectionString,
        ["Database:DataDirectory"] = Folder,
        ["Database:MigrateAtStart"] = "false",
        ["Apple:BaseAddress"] = Apple.BaseAddress.ToString(),
        ["Licensing:GatherFor"] = gatherFor.ToString("c"),
        ["Licensing:GatherAtMost"] = "00:00:30",
        ["Licensing:FirstPoll"] = "00:00:00.20",
        ["Licensing:PollEvery"] = "00:00:00.20",
        ["Licensing:LookEvery"] = "00:00:00.50",
        ["Licensing:Lease"] = "00:00:02",
        ["Sync:SpreadOver"] = "00:00:00",
    };
}

/// <summary>Where the service is when it is killed.</summary>
public enum Step
{
    Marked,
    SeatsTaken,
    Planned,
    AcceptedByApple,
    Pending,
    AboutToConfirm,
    Held,
}

/// <summary>The service is killed at every step between "assign" and "held"; started again, it goes on from there.</summary>
public sealed class KilledTests(Mortal service) : IClassFixture<Mortal>
{
    private static readonly IReadOnlyList<string> Serials = [.. Enumerable.Range(1, 500).Select(n => $"KT{n:D4}")];

    [Theory]
    [InlineData(Step.Marked)]
    [InlineData(Step.SeatsTaken)]
    [InlineData(Step.Planned)]
    [InlineData(Step.AcceptedByApple)]
    [InlineData(Step.Pending)]
    [InlineData(Step.AboutToConfirm)]
    [InlineData(Step.Held)]
    public async Task Kill_BetweenAssignAndHeld_NoSeatLostAndNoneTakenTwice(Step step)
    {
        var organization = new Organization(service, service.Apple.AddLocation($"Killed at {step}"), Client);
        organization.Location.AddAsset("1", 100);
        await service.RunningAsync(step is Step.SeatsTaken ? TimeSpan.FromSeconds(30) : null);
        await organization.UploadTokenAsync();
        var app = await organization.AppAsync("1");
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, Serials);

        await using (var hold = await HeldUpAsync(step, organization))
        {
            await organization.AssignAsync(app, group);
            await ReachedAsync(step, organization, hold);
            await service.KillAsync();
        }

        await LetGoAsync(step, organization);
        await service.RunningAsync();
        await CheckAsync(organization, app);
    }

    private async Task CheckAsync(Organization organization, Guid app)
    {
        var figures = await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: > 0 });
        var counts = organization.Location.Asset("1").Counts;

        Assert.Equal((100, 400, 0), (figures.Held, figures.Waiting, figures.Failed));
        Assert.Equal(Serials.Take(100), organization.Location.Assignments.Select(one => one.SerialNumber).Order());
        Assert.Equal((100, 0), (counts.Assigned, counts.Refused));
        Assert.Equal(100, await service.ScalarAsync<int>("select taken from pools where tenant_id = $1", organization.Tenant));
        Assert.Equal(100L, await service.ScalarAsync<long>(
            "select count(*) from license_ledger where tenant_id = $1 and to_state = 'assigning'", organization.Tenant));
    }

    /// <summary>Keeps the service from getting past the step.</summary>
    private async Task<Hold> HeldUpAsync(Step step, Organization organization)
    {
        var hold = await Hold.OpenAsync(service.ConnectionString);
        switch (step)
        {
            case Step.Marked:
                await hold.ExecuteAsync($"select pg_advisory_lock(hashtextextended('settle:{organization.Tenant}', 0))");
                break;
            case Step.Planned or Step.AcceptedByApple:
                await service.ExecuteAsync("""
                    insert into request_pace (key, next_at) values ($1, now() + $2) on conflict (key) do update set next_at = excluded.next_at
                    """, organization.Location.Uid, step is Step.Planned ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(3));
                break;
            case Step.Pending or Step.AboutToConfirm:
                organization.Location.HoldEvents(1);
                break;
        }

        return hold;
    }

    private async Task ReachedAsync(Step step, Organization organization, Hold hold)
    {
        Task<long> CountAsync(string sql) => service.ScalarAsync<long>(sql, organization.Tenant);

        switch (step)
        {
            case Step.Marked:
                await Eventually.IsAsync(() => CountAsync("select count(*) from marks where tenant_id = $1"), count => count > 0);
                break;
            case Step.SeatsTaken:
                await Eventually.IsAsync(() => CountAsync("select count(*) from licenses where tenant_id = $1 and state = 'assigning' and request_id is null"), count => count == 100);
                break;
            case Step.Planned:
                await Eventually.IsAsync(() => CountAsync("select count(*) from apple_requests where tenant_id = $1 and state = 'queued'"), count => count == 1);
                break;
            case Step.AcceptedByApple:
                await Eventually.IsAsync(() => CountAsync("select count(*) from apple_requests where tenant_id = $1 and state = 'queued'"), count => count == 1);
                await hold.ExecuteAsync($"begin; select 1 from apple_requests where tenant_id = '{organization.Tenant}' for update");
                await Eventually.IsAsync(() => Task.FromResult(organization.Location.Assignments.Count), count => count == 100);
                break;
            case Step.Pending:
                await Eventually.IsAsync(() => CountAsync("select count(*) from apple_requests where tenant_id = $1 and state = 'pending'"), count => count == 1);
                break;
            case Step.AboutToConfirm:
                await Eventually.IsAsync(() => CountAsync("select count(*) from apple_requests where tenant_id = $1 and state = 'pending'"), count => count == 1);
                await hold.ExecuteAsync($"begin; select 1 from pools where tenant_id = '{organization.Tenant}' for update");
                organization.Location.ReleaseEvents();
                await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from pg_locks where not granted"), count => count > 0);
                break;
            default:
                await Eventually.IsAsync(() => CountAsync("select count(*) from licenses where tenant_id = $1 and state = 'held'"), count => count == 100);
                break;
        }
    }

    private async Task LetGoAsync(Step step, Organization organization)
    {
        if (step is Step.Planned) await service.ExecuteAsync("delete from request_pace where key = $1", organization.Location.Uid);
        if (step is Step.Pending) organization.Location.ReleaseEvents();
    }

    private HttpClient Client(Guid tenant) => new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{service.Port}"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", service.Token(tenant)) },
    };

    /// <summary>A session whose locks hold the service up, until it is disposed.</summary>
    private sealed class Hold(NpgsqlConnection connection) : IAsyncDisposable
    {
        public static async Task<Hold> OpenAsync(string connectionString)
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            return new Hold(connection);
        }

        public async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
