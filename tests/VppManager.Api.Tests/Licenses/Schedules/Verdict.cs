using System.Text;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Schedules;

/// <summary>What must be so when all is quiet, whatever has happened.</summary>
internal static class Verdict
{
    public static async Task PassAsync(ScheduleFixture service, Schedule schedule)
    {
        var faults = new List<string>(await SeatWatch.FaultsAsync(service, schedule.Organization.Tenant));
        foreach (var app in schedule.World.Apps) faults.AddRange(await OfAppAsync(service, schedule, app));

        var location = schedule.Organization.Location;
        if (location.MostRequestsPerSecond > service.Apple.Settings.Limits.MaxRequestPerSecond)
            faults.Add($"{location.MostRequestsPerSecond} requests within a second");
        if (faults.Count > 0) Assert.Fail($"{string.Join('\n', faults)}\n{await DescribeAsync(service, schedule)}");

        if (await service.ScalarAsync<long>("select count(*) from license_ledger where tenant_id = $1", schedule.Organization.Tenant) > 0)
            await service.AssertWholeAsync(schedule.Organization);
    }

    private static async Task<IEnumerable<string>> OfAppAsync(ScheduleFixture service, Schedule schedule, WorldApp app)
    {
        var tenant = schedule.Organization.Tenant;
        var rows = await RowsAsync(service, tenant, app);
        var pool = await service.ColumnAsync<int>("select unnest(array[total, taken]) from pools where tenant_id = $1 and adam_id = $2", tenant, app.AdamId);
        var atApple = schedule.Organization.Location.Assignments.Where(one => one.AdamId == app.AdamId).Select(one => one.SerialNumber ?? one.ClientUserId!).Order();
        var counts = schedule.Organization.Location.Asset(app.AdamId).Counts;
        var entitled = schedule.World.Entitled(app);

        List<(bool Wrong, string What)> looks =
        [
            (!rows.Where(row => row.State == "held").Select(row => row.Holder).Order().SequenceEqual(atApple), "Apple and the service do not agree on who holds it"),
            (pool[0] != counts.Total, $"{counts.Total} licences at Apple, {pool[0]} here"),
            (pool[1] > pool[0], $"{pool[1]} taken of {pool[0]}"),
            (counts.EverOversold, "more were assigned than there are"),
            (rows.Exists(row => row.State == "waiting") && pool[1] < pool[0], $"somebody waits and {pool[0] - pool[1]} are free"),
            .. entitled.Where(holder => !IsServed(rows, holder)).Select(holder => (true, $"{holder} is entitled and has nothing")),
            .. rows.Where(row => row is { State: "held", Tracked: true } && !entitled.Contains(row.Who) && IsManaged(schedule.World, row.Who))
                .Select(row => (true, $"{row.Who} holds one and is not entitled")),
            .. rows.Where(row => row.State == "waiting" && !entitled.Contains(row.Who)).Select(row => (true, $"{row.Who} waits and is not entitled")),
            .. rows.Where(row => row.State == "failed" || (row.Revoked && !app.Revoked)).Select(row => (true, $"{row.Who} is {row.State}, which nobody did")),
        ];
        return looks.Where(one => one.Wrong).Select(one => $"{app.AdamId}: {one.What}");
    }

    private static bool IsServed(List<Row> rows, string holder) =>
        rows.Exists(row => row.Who == holder && (row.State is "held" or "waiting" || (row.State == "released" && row.Revoked)));

    private static bool IsManaged(World world, string holder) => world.Devices.Find(one => one.Serial == holder) is not { Managed: false };

    public static Task<List<Guid>> Licenses(this ScheduleFixture service, Guid tenant, string holder) =>
        service.ColumnAsync<Guid>("select id from licenses where tenant_id = $1 and holder = $2 order by id", tenant, holder);

    private static async Task<List<Row>> RowsAsync(ScheduleFixture service, Guid tenant, WorldApp app)
    {
        var found = await service.ColumnAsync<string[]>("""
            select array[l.holder, coalesce(l.user_id::text, l.holder), l.holder_kind, l.state, l.tracked::text, (l.revoked_at is not null)::text, coalesce(l.reason, ''), l.place::text]
            from licenses l join pools p on p.tenant_id = $1 and p.id = l.pool_id
            where l.tenant_id = $1 and p.adam_id = $2 order by l.place
            """, tenant, app.AdamId);
        return [.. found.Select(row => new Row(row[0], row[2] == "user" ? row[1] : row[0], row[3], row[4] == "true", row[5] == "true", row[6], row[7]))];
    }

    /// <summary>All there is to know, for the message of a failure.</summary>
    public static async Task<string> DescribeAsync(ScheduleFixture service, Schedule schedule)
    {
        var text = new StringBuilder();
        foreach (var app in schedule.World.Apps)
        {
            var counts = schedule.Organization.Location.Asset(app.AdamId).Counts;
            text.AppendLine($"{app.AdamId}: {counts}; entitled: {string.Join(", ", schedule.World.Entitled(app).Order())}");
            foreach (var row in await RowsAsync(service, schedule.Organization.Tenant, app)) text.AppendLine($"    {row}");
            var atApple = schedule.Organization.Location.Assignments.Where(one => one.AdamId == app.AdamId).Select(one => one.SerialNumber ?? one.ClientUserId);
            text.AppendLine($"    at Apple: {string.Join(", ", atApple.Order())}");
        }

        foreach (var line in await service.ColumnAsync<string>(Left, schedule.Organization.Tenant)) text.AppendLine(line);
        foreach (var line in await service.ColumnAsync<string>(Requests, schedule.Organization.Tenant)) text.AppendLine(line);
        foreach (var one in service.Apple.Journal.Entries.Where(one => one.LocationUid == schedule.Organization.Location.Uid && one.Path.EndsWith("associate", StringComparison.Ordinal)))
            text.AppendLine($"{one.At:mm:ss.fff} journal {one.Path.Split('/')[^1]} {one.Status} {one.BodyText}");
        foreach (var line in await service.ColumnAsync<string>(LedgerOfAll, schedule.Organization.Tenant)) text.AppendLine(line);
        return text.ToString();
    }

    private const string Left = """
        select format('left: work %s', w) from work w where w.tenant_id = $1 union all
        select format('left: token %s %s %s', t.id, t.state, t.last_sync_status) from tokens t where t.tenant_id = $1 union all
        select format('left: %s', s) from sync_runs s where s.tenant_id = $1 and s.finished_at is null
        """;

    private const string Requests = """
        select format('%s request %s %s %s %s %s %s attempts %s; work: %s', to_char(r.created_at, 'MI:SS.MS'), r.id, r.kind, r.state, array_to_string(r.serial_numbers || r.client_user_ids, ','),
                      coalesce(r.error, ''), r.event_id, r.attempts, w)
        from apple_requests r left join work w on w.tenant_id = r.tenant_id and w.key = r.id where r.tenant_id = $1 order by r.id
        """;

    private const string LedgerOfAll = """
        select format('%s %s %s %s -> %s by %s %s %s', to_char(e.at, 'MI:SS.MS'), p.adam_id, l.holder, e.from_state, e.to_state, e.cause, e.reason, e.event_id)
        from license_ledger e join licenses l on l.tenant_id = $1 and l.id = e.license_id join pools p on p.tenant_id = $1 and p.id = e.pool_id
        where e.tenant_id = $1 order by e.id
        """;

    private sealed record Row(string Holder, string Who, string State, bool Tracked, bool Revoked, string Reason, string Place);
}
