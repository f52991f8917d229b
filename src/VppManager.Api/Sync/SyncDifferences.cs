using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Sync;

/// <summary>
/// Compares Apple's count of every asset with the holders that were read, or, after a delta, with those that this service would then believe in.
/// Removals do not show in a delta: this is how they are found.
/// </summary>
internal sealed class SyncDifferences(NpgsqlDataSource database)
{
    private const int MostApps = 20;
    private const long MostHolders = 50_000;

    /// <returns>The apps to read once more; null when they are too many, and everything is to be read instead.</returns>
    public async Task<IReadOnlyList<string>?> FindAsync(SyncSession session, StagedList assets, StagedList licenses, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, session.Tenant, new Cause("sync"), ct);
        var question = !licenses.Whole ? Changed : licenses.Torn ? Read("distinct") : Read("");
        var found = await transaction.ReadAsync(
            Sql.Command(question, session.Tenant, session.Location, session.Stage, assets.Attempt, licenses.Attempt),
            row => (AdamId: row.GetString(0), Holders: row.GetInt64(1)), ct);

        var few = found.Select(one => one.AdamId).Distinct(StringComparer.Ordinal).ToList();
        if (few.Count <= MostApps && (!licenses.Whole || found.Sum(one => one.Holders) <= MostHolders)) return few;
        return licenses.Whole ? [] : null;
    }

    private const string Assets = """
        with asset as (
            select distinct on (adam_id, pricing_param) adam_id, pricing_param, assigned
            from staged_assets where run_id = $3 and attempt = $4 order by adam_id, pricing_param),
        """;

    private static string Read(string distinct) => Assets + $"""
        read as (
            select adam_id, pricing_param, count(*) as holders
            from (select {distinct} adam_id, pricing_param, holder_kind, holder from staged_assignments where run_id = $3 and attempt = $5) d
            group by adam_id, pricing_param)
        select a.adam_id, a.assigned::bigint from asset a
        left join read r on r.adam_id = a.adam_id and r.pricing_param = a.pricing_param
        where a.assigned <> coalesce(r.holders, 0) and $1::uuid is not null and $2::uuid is not null
        """;

    // What is on its way may be at Apple already, or still. Each row of the delta is looked up by itself ("offset 0"), however many licences there are.
    public const string Changed = Assets + $"""
        known as materialized (
            select p.id, p.adam_id, p.pricing_param, p.taken, p.taken - coalesce(w.holders, 0) as certain
            from pools p left join ({OnTheWay}) w on w.pool_id = p.id
            where p.tenant_id = $1 and p.location_id = $2),
        changed as materialized (
            select distinct adam_id, pricing_param, holder_kind, holder from staged_assignments where run_id = $3 and attempt = $5),
        fresh as materialized (
            select d.adam_id, d.pricing_param, count(*) as holders
            from changed d left join known k on k.adam_id = d.adam_id and k.pricing_param = d.pricing_param
            where not exists (
                select from licenses l where l.tenant_id = $1 and l.pool_id = k.id and l.holder_kind = d.holder_kind and l.holder = d.holder
                  and l.state in ('assigning', 'held', 'releasing') offset 0)
            group by d.adam_id, d.pricing_param)
        select a.adam_id, a.assigned::bigint from asset a
        left join known k on k.adam_id = a.adam_id and k.pricing_param = a.pricing_param
        left join fresh f on f.adam_id = a.adam_id and f.pricing_param = a.pricing_param
        where a.assigned not between coalesce(k.certain, 0) + coalesce(f.holders, 0) and coalesce(k.taken, 0) + coalesce(f.holders, 0)
        union all
        select k.adam_id, 0 from known k
        where k.taken > 0 and not exists (select from asset a where a.adam_id = k.adam_id and a.pricing_param = k.pricing_param)
        """;

    /// <summary>Each half has an index of its own.</summary>
    public const string OnTheWay = """
        select pool_id, count(*) as holders from (
            select pool_id from licenses where tenant_id = $1 and state in ('assigning', 'releasing') and request_id is null
            union all
            select pool_id from licenses where tenant_id = $1 and request_id is not null and state in ('assigning', 'releasing')) o
        group by pool_id
        """;
}
