using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Core.Licenses;

namespace VppManager.Api.Licenses.Previews;

/// <summary>Reads what a change has come to, from the licences that it altered and what they were before.</summary>
internal static class PreviewReading
{
    /// <summary>How many of those who would wait are named.</summary>
    private const int MostNamed = 20;

    public static async Task<PreviewAnswer> ReadAsync(TenantTransaction transaction, PreviewCourse course, PreviewedChange change, DateTimeOffset since, CancellationToken ct)
    {
        // All is worked out; told is what the caller's scope tags reach.
        var pools = await ScopeTagRules.ReachedAsync(transaction, [.. course.Pools], ct);
        var (asked, tags) = (change.App ?? Guid.Empty, ScopeTagRules.OfCaller?.ToArray() ?? []);
        var apps = await transaction.ReadAsync(Sql.Command(Changed + Apps, transaction.Tenant, pools, since, asked, tags), row => new PreviewApp(
            row.GetGuid(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6),
            row.GetInt32(7), MacGrace.UsableUntil(row.GetString(8), row.GetInt32(6) > 0 ? since : null)), ct);
        var first = await transaction.ReadAsync(Sql.Command(Changed + First, transaction.Tenant, pools, since, asked, tags, MostNamed), row => new PreviewHolder(
            row.GetGuid(0), Enum.Parse<HolderKind>(row.GetString(1), true), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetGuid(3),
            row.IsDBNull(4) ? null : row.GetGuid(4), row.IsDBNull(5) ? null : row.GetString(5)), ct);
        var refused = await transaction.ReadAsync(Sql.Command(Changed + Refused, transaction.Tenant, pools, since, asked, tags), row => new PreviewRefusal(row.GetString(0), row.GetInt32(1)), ct);
        refused.AddRange(await PreviewedInstalls.RefusedAsync(transaction, change.Devices ?? [], change.App, pools, ct));
        var requests = await course.RequestsAsync(ScopeTagRules.OfCaller is null ? null : pools, ct);
        return new PreviewAnswer(
            apps.Sum(app => app.SeatsUsed), apps.Sum(app => app.SeatsFreed), new PreviewWaiting(apps.Sum(app => app.Waiting), first), requests, Summed(refused), apps);
    }

    private static List<PreviewRefusal> Summed(List<PreviewRefusal> refused) =>
        [.. refused.GroupBy(one => one.Reason).Select(ofReason => new PreviewRefusal(ofReason.Key, ofReason.Sum(one => one.Count))).OrderBy(one => one.Reason, StringComparer.Ordinal)];

    /// <summary>What it was before is what its first line in the ledger since then went from.</summary>
    private const string Changed = """
        with changed as materialized (
            select l.*, (select e.from_state from license_ledger e where e.tenant_id = $1 and e.license_id = l.id and e.at >= $3 order by e.id limit 1) as was
            from licenses l where l.tenant_id = $1 and l.pool_id = any ($2) and l.changed_at >= $3),
        shown as (
            select distinct on (a.pool_id) a.pool_id, a.id, a.display_name, a.kind
            from apps a where a.tenant_id = $1 and a.pool_id = any ($2) and ($5::text[] = '{}' or a.scope_tags && $5)
            order by a.pool_id, a.id = $4 desc, a.kind, a.id)
        """;

    private const string Nothing = "00000000-0000-0000-0000-000000000000";

    private const string IsTaken = "('assigning', 'held', 'releasing')";

    private const string Apps = $"""
        select s.id, s.display_name, s.kind, p.total, p.taken,
               (count(*) filter (where coalesce(c.was, '') not in {IsTaken} and c.state in {IsTaken}))::int,
               (count(*) filter (where c.was in {IsTaken} and c.state not in {IsTaken}))::int,
               (count(*) filter (where c.was is distinct from 'waiting' and c.state = 'waiting'))::int,
               -- Whom nobody asked about may have it on a Mac.
               case when $4 = '{Nothing}'::uuid and exists (select from apps m where m.tenant_id = $1 and m.pool_id = p.id and m.kind = 'macOs') then 'macOs' else s.kind end
        from shown s join pools p on p.tenant_id = $1 and p.id = s.pool_id join changed c on c.pool_id = s.pool_id
        group by s.id, s.display_name, s.kind, p.id, p.total, p.taken order by s.display_name, s.id
        """;

    private const string First = """
        select s.id, c.holder_kind, case when c.holder_kind = 'device' then c.holder end, c.device_id, c.user_id, c.reason
        from changed c join shown s on s.pool_id = c.pool_id
        where c.state = 'waiting' and c.was is distinct from 'waiting' order by c.place, c.id limit $6
        """;

    private const string Refused = """
        select coalesce(reason, 'failed'), count(*)::int from changed
        where (state = 'failed' and was is distinct from 'failed') or (state = 'waiting' and reason is distinct from 'noLicensesLeft')
        group by 1 order by 1
        """;
}
