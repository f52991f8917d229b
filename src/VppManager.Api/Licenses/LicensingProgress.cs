using Microsoft.EntityFrameworkCore;
using Npgsql;
using VppManager.Api.Assignments;
using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>How far licensing of an app has come.</summary>
/// <param name="Untracked">Of those held: found at Apple, and not given by this service (S5).</param>
/// <param name="AppleDifference">How many more Apple counted as assigned at the latest sync than were found; below nothing: fewer (S6).</param>
/// <param name="Settled">True when nothing is left to look at, to send, or to await.</param>
/// <param name="Warnings">What an administrator should know of the assignments.</param>
internal sealed record Licensing(
    int Total, int Held, int Assigning, int Waiting, int Releasing, int Failed, int Untracked, int AppleDifference, bool Settled,
    IReadOnlyList<AssignmentWarning> Warnings);

internal sealed class LicensingProgress(NpgsqlDataSource database, VppContext context, KioskWarnings kiosks)
{
    /// <returns>Null when the tenant has no such app.</returns>
    public async Task<Licensing?> ReadAsync(Guid tenant, Guid app, CancellationToken ct)
    {
        context.Tenant = tenant;
        if (await context.Apps.Where(one => one.Id == app).Select(one => (Guid?)one.PoolId).SingleOrDefaultAsync(ct) is not { } pool) return null;

        var warnings = await kiosks.ReadAsync(tenant, app, ct);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.For(tenant), Sql.Command(Counts, tenant, pool) } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        return new Licensing(
            reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetInt32(6),
            reader.GetInt32(7), reader.GetBoolean(8), warnings);
    }

    private const string Counts = """
        select p.total,
               count(*) filter (where l.state = 'held')::int, count(*) filter (where l.state = 'assigning')::int,
               count(*) filter (where l.state = 'waiting')::int, count(*) filter (where l.state = 'releasing')::int,
               count(*) filter (where l.state = 'failed')::int,
               count(*) filter (where l.state = 'held' and not l.tracked)::int, p.apple_difference,
               count(*) filter (where l.state in ('assigning', 'releasing')) = 0
                   and not (p.taken < p.total and count(*) filter (where l.state = 'waiting') > 0
                       and not exists (select from locations o where o.tenant_id = $1 and o.id = p.location_id and o.is_legacy))
                   and not exists (select from marks m where m.tenant_id = $1)
        from pools p left join licenses l on l.tenant_id = $1 and l.pool_id = p.id
        where p.tenant_id = $1 and p.id = $2
        group by p.tenant_id, p.id
        """;
}
