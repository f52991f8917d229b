using System.Data.Common;
using System.Globalization;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Licenses.Previews;
using VppManager.Core.Licenses;

namespace VppManager.Api.Licenses;

/// <summary>The queue of an app, and the licences of a device or a user.</summary>
internal sealed class LicenseReading(NpgsqlDataSource database)
{
    /// <param name="after">What the page before said; null for the first.</param>
    /// <returns>Null when the tenant has no such app, or <paramref name="after"/> is none of ours.</returns>
    public async Task<WaitingPage?> WaitingAsync(Guid tenant, Guid app, string? after, int top, CancellationToken ct)
    {
        if (!TryRead(after, out var place, out var number)) return null;

        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("read"), ct);
        var waiting = await transaction.ReadAsync(Sql.Command(WaitingCount, tenant, app), row => row.GetInt64(0), ct);
        if (waiting.Count == 0) return null;

        var rows = await transaction.ReadAsync(Sql.Command(Waiting, tenant, app, place, top), row => (Place: row.GetInt64(8), Row: ReadWaiting(row, ++number)), ct);
        return new WaitingPage(waiting[0], rows.ConvertAll(one => one.Row),
            rows.Count == top ? string.Create(CultureInfo.InvariantCulture, $"{rows[^1].Place}.{number}") : null);
    }

    public async Task<HolderLicensePage> OfAsync(Guid tenant, Guid? device, Guid? user, Guid? after, int top, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("read"), ct);
        var rows = await transaction.ReadAsync(
            Sql.Command(OfHolder(device is null ? "l.user_id = $2 and l.holder_kind = 'user'" : "l.device_id = $2"), tenant, device ?? user, after ?? Guid.Empty, top), ReadRow, ct);
        return new HolderLicensePage(rows, rows.Count == top ? rows[^1].LicenseId : null);
    }

    /// <summary>The place after which to go on, and its number.</summary>
    private static bool TryRead(string? after, out long place, out long number)
    {
        (place, number) = (long.MinValue, 0);
        if (after is null) return true;
        var parts = after.Split('.');
        return parts.Length == 2 && long.TryParse(parts[0], CultureInfo.InvariantCulture, out place) && long.TryParse(parts[1], CultureInfo.InvariantCulture, out number);
    }

    private static WaitingRow ReadWaiting(DbDataReader row, long number) => new(
        row.GetGuid(0), number, Enum.Parse<HolderKind>(row.GetString(1), true), row.IsDBNull(2) ? null : row.GetString(2), row.IsDBNull(3) ? null : row.GetGuid(3),
        row.IsDBNull(4) ? null : row.GetString(4), row.IsDBNull(5) ? null : row.GetGuid(5), row.IsDBNull(6) ? null : row.GetString(6),
        row.IsDBNull(7) ? null : row.GetString(7), row.GetFieldValue<DateTimeOffset>(9));

    private static HolderLicenseRow ReadRow(DbDataReader row)
    {
        DateTimeOffset? At(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
        var state = Enum.Parse<LicenseState>(row.GetString(5), true);
        var isGone = state is LicenseState.Released or LicenseState.Releasing;
        return new HolderLicenseRow(
            row.GetGuid(0), row.GetGuid(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetString(3), Enum.Parse<HolderKind>(row.GetString(4), true), state,
            row.IsDBNull(6) ? null : row.GetString(6), row.IsDBNull(7) ? null : row.GetInt64(7), row.GetBoolean(8),
            row.GetFieldValue<DateTimeOffset>(9), row.GetFieldValue<DateTimeOffset>(10), At(11), MacGrace.UsableUntil(row.GetString(3), isGone ? At(12) : null));
    }

    private const string WaitingCount = """
        select (select count(*) from licenses l where l.tenant_id = $1 and l.pool_id = a.pool_id and l.state = 'waiting')
        from apps a where a.tenant_id = $1 and a.id = $2
        """;

    // The page first, then who they are.
    private const string Waiting = """
        select l.id, l.holder_kind, case when l.holder_kind = 'device' then l.holder end, l.device_id, d.device_name, l.user_id, u.user_principal_name,
               l.reason, l.place, l.entitled_at
        from (select * from licenses
              where tenant_id = $1 and pool_id = (select pool_id from apps where tenant_id = $1 and id = $2) and state = 'waiting' and place > $3
              order by place limit $4) l
        left join devices d on d.tenant_id = $1 and d.id = l.device_id
        left join users u on u.tenant_id = $1 and u.id = l.user_id
        order by l.place
        """;

    private static string OfHolder(string holder) => $"""
        select l.id, a.id, a.display_name, a.kind, l.holder_kind, l.state, l.reason,
               case when l.state = 'waiting' then (
                   select count(*) from licenses w where w.tenant_id = $1 and w.pool_id = l.pool_id and w.state = 'waiting' and w.place <= l.place) end,
               l.tracked, l.entitled_at, l.changed_at, l.revoked_at,
               (select max(e.at) from license_ledger e where e.tenant_id = $1 and e.license_id = l.id and e.to_state = 'releasing') as taken_back_at
        from (select l.* from licenses l where l.tenant_id = $1 and {holder} and l.id > $3 order by l.id limit $4) l
        cross join lateral (
            select a.id, a.display_name, a.kind from apps a left join devices d on d.tenant_id = $1 and d.id = l.device_id
            where a.tenant_id = $1 and a.pool_id = l.pool_id
            order by (a.kind = 'macOs') = (coalesce(d.operating_system, 'macOS') = 'macOS') desc, a.id limit 1) a
        order by l.id
        """;
}
