using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Schedules;

/// <summary>
/// Looks over the shoulder of every statement that gives seats: none beyond the total of its pool, and none to anybody while somebody of a
/// smaller place waits. Triggers of the test's own database, so that no moment is missed.
/// </summary>
internal static class SeatWatch
{
    public static async Task InstallAsync(ServiceFixture service)
    {
        await service.ExecuteAsync(Table);
        await service.ExecuteAsync(Function("watch_inserted", "select tenant_id, pool_id, place from new_rows where state = 'assigning'"));
        await service.ExecuteAsync(Function("watch_updated", """
            select n.tenant_id, n.pool_id, n.place from new_rows n join old_rows o on o.tenant_id = n.tenant_id and o.id = n.id
            where n.state = 'assigning' and o.state not in ('assigning', 'held', 'releasing')
            """));
        await service.ExecuteAsync(Triggers);
    }

    public static Task<List<string>> FaultsAsync(ServiceFixture service, Guid tenant) =>
        service.ColumnAsync<string>("select what from seat_faults where tenant_id = $1", tenant);

    private const string Table = "create table seat_faults (tenant_id uuid, pool_id uuid, what text)";

    private static string Function(string name, string seated) => $"""
        create function {name}() returns trigger language plpgsql security definer set search_path from current as $$
        begin
            insert into seat_faults
            select s.tenant_id, s.pool_id, f.what
            from (select tenant_id, pool_id, max(place) as place from ({seated}) r group by tenant_id, pool_id) s
            join pools p on p.tenant_id = s.tenant_id and p.id = s.pool_id
            cross join lateral (select case
                when p.taken > p.total then format('%s seats given of %s in pool %s by %s', p.taken, p.total, p.adam_id, current_setting('app.cause', true))
                when exists (select from licenses w where w.tenant_id = s.tenant_id and w.pool_id = s.pool_id and w.state = 'waiting' and w.place < s.place)
                then format('somebody was overtaken in pool %s by %s', p.adam_id, current_setting('app.cause', true)) end) f (what)
            where f.what is not null;
            return null;
        end $$;
        """;

    // They fire after the triggers that count, which come earlier in the alphabet.
    private const string Triggers = """
        create trigger watch_inserted after insert on licenses referencing new table as new_rows for each statement execute function watch_inserted();
        create trigger watch_updated after update on licenses
            referencing old table as old_rows new table as new_rows for each statement execute function watch_updated();
        """;
}
