using VppManager.Api.Access.Roles;
using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>Which licences of devices that are not managed any more (L16).</summary>
/// <param name="Days">Only of devices that left management so many days ago or earlier.</param>
internal sealed record OrphanFilter(Guid? AppId = null, Guid? TokenId = null, int? Days = null, string? SerialNumber = null);

/// <param name="Ids">These licences; null for all that the filter leaves.</param>
internal sealed record OrphanSelection(IReadOnlyList<Guid>? Ids = null, OrphanFilter? Filter = null);

/// <param name="Since">When the device was taken out of management, or was last seen.</param>
internal sealed record OrphanedLicense(
    Guid LicenseId, Guid AppId, string? DisplayName, string SerialNumber, Guid DeviceId, string? DeviceName, string ManagementState, DateTimeOffset Since);

/// <param name="Next">The <c>after</c> of the next page; null on the last.</param>
internal sealed record OrphanPage(IReadOnlyList<OrphanedLicense> Value, Guid? Next);

/// <param name="Licenses">How many are being taken back; their seats come free when Apple has confirmed.</param>
internal sealed record ReclaimAnswer(int Licenses, IReadOnlyList<ReclaimedApp> Apps);

internal sealed record ReclaimedApp(Guid AppId, string? DisplayName, int Licenses);

/// <summary>Licences that stayed with devices which are not managed any more: they are listed, and taken back by one word.</summary>
internal static class OrphanedLicenses
{
    public static async Task<OrphanPage> ListAsync(TenantTransaction transaction, OrphanFilter filter, Guid? after, int top, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await transaction.ReadAsync(
            Command($"select * from ({Orphans}) o where license_id > $8 order by license_id limit $9", transaction.Tenant, new OrphanSelection(null, filter), now, after ?? Guid.Empty, top),
            row => new OrphanedLicense(
                row.GetGuid(0), row.GetGuid(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetString(4), row.GetGuid(5),
                row.IsDBNull(6) ? null : row.GetString(6), row.GetString(7), row.GetFieldValue<DateTimeOffset>(8)), ct);
        return new OrphanPage(rows, rows.Count == top ? rows[^1].LicenseId : null);
    }

    /// <summary>Takes them back. Whoever has come back into management meanwhile keeps theirs.</summary>
    /// <returns>The pools looked at, and what is taken back.</returns>
    public static async Task<(Guid[] Pools, ReclaimAnswer Answer)> ReclaimAsync(
        TenantTransaction transaction, OrphanSelection selection, DateTimeOffset now, CancellationToken ct)
    {
        var apps = await transaction.ReadAsync(Command($"select distinct pool_id, app_id, display_name from ({Orphans}) o order by 1", transaction.Tenant, selection, now),
            row => (Pool: row.GetGuid(0), App: row.GetGuid(1), Name: row.IsDBNull(2) ? null : row.GetString(2)), ct);
        if (apps.Count == 0) return ([], new ReclaimAnswer(0, []));

        Guid[] pools = [.. apps.Select(one => one.Pool)];
        var reclaimed = await Seats.ReclaimAsync(transaction, pools, Command($"select license_id from ({Orphans}) o", transaction.Tenant, selection, now), now, ct);
        var counts = reclaimed.CountBy(pool => pool).ToDictionary();
        return (pools, new ReclaimAnswer(
            reclaimed.Count, [.. apps.Where(one => counts.ContainsKey(one.Pool)).Select(one => new ReclaimedApp(one.App, one.Name, counts[one.Pool]))]));
    }

    private static Npgsql.NpgsqlBatchCommand Command(string sql, Guid tenant, OrphanSelection selection, DateTimeOffset now, params ReadOnlySpan<object?> more)
    {
        var filter = selection.Filter ?? new OrphanFilter();
        return Sql.Command(sql, [
            tenant, Typed(filter.AppId), Typed(filter.TokenId), now.AddDays(-(filter.Days ?? 0)),
            Typed(filter.SerialNumber), Typed(selection.Ids?.ToArray()), Typed(ScopeTagRules.OfCaller?.ToArray()), .. more]);
    }

    private static Npgsql.NpgsqlParameter Typed<T>(T? value) => value is null
        ? new Npgsql.NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = TypeOf<T>() }
        : new Npgsql.NpgsqlParameter { Value = value, NpgsqlDbType = TypeOf<T>() };

    private static NpgsqlTypes.NpgsqlDbType TypeOf<T>() =>
        typeof(T) == typeof(string) ? NpgsqlTypes.NpgsqlDbType.Text
        : typeof(T) == typeof(string[]) ? NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Text
        : typeof(T) == typeof(Guid[]) ? NpgsqlTypes.NpgsqlDbType.Array | NpgsqlTypes.NpgsqlDbType.Uuid : NpgsqlTypes.NpgsqlDbType.Uuid;

    /// <summary>$1 tenant, $2 app, $3 token, $4 left before, $5 serial number, $6 ids.</summary>
    private const string Orphans = """
        select l.id as license_id, l.pool_id, a.id as app_id, a.display_name, l.holder as serial_number, d.id as device_id, d.device_name, d.management_state,
               s.since
        from devices d
        join licenses l on l.tenant_id = $1 and l.device_id = d.id and l.holder_kind = 'device' and l.state = 'held'
        join pools p on p.tenant_id = $1 and p.id = l.pool_id and p.revocable
        cross join lateral (
            select coalesce(max(r.started_at), d.last_sync_at) as since from remote_actions r
            where r.tenant_id = $1 and r.device_id = d.id and r.name in ('retire', 'wipe')) s
        cross join lateral (
            select a.id, a.display_name from apps a
            where a.tenant_id = $1 and a.pool_id = l.pool_id and ($2 is null or a.id = $2) and ($3 is null or a.token_id = $3) and ($7 is null or a.scope_tags && $7)
            order by a.id limit 1) a
        where d.tenant_id = $1 and d.management_state <> 'managed' and s.since <= $4
          and ($5 is null or d.serial_number = $5) and ($6 is null or l.id = any ($6))
        """;
}
