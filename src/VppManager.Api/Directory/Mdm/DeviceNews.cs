using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Licenses;

namespace VppManager.Api.Directory.Mdm;

/// <summary>A device that has something to do, leased to be told.</summary>
internal sealed record DeviceToTell(Guid Tenant, Guid Device, int Attempts);

/// <summary>
/// Devices that have something to do. What happens while one is being told sets its attempts back to none, and so it is told again: an item ends only
/// with the attempt that it was taken with.
/// </summary>
internal sealed class DeviceNews(NpgsqlDataSource database, TimeProvider time)
{
    public const string Lane = "device";

    /// <summary>For a transaction of the change itself; nothing where nobody is to be told.</summary>
    public static NpgsqlBatchCommand Of(Guid tenant, Guid device, DateTimeOffset now) => Sql.Command("""
        with added as (
            insert into work (lane, tenant_id, key, run_at) select 'device', $1, $2, $3 from tenants t where t.id = $1 and t.tells_devices
            on conflict (lane, key) do update set
                run_at = case when work.attempts = 0 then least(work.run_at, excluded.run_at) when work.leased_until is null then work.run_at else excluded.run_at end,
                attempts = case when work.leased_until is null then work.attempts else 0 end)
        select pg_notify('vpp_work', 'device')
        """, tenant, device, now);

    public Task TellAsync(Guid tenant, Guid device, TimeSpan after, CancellationToken ct) => ExecuteAsync(Of(tenant, device, time.GetUtcNow() + after), ct);

    /// <summary>Says at start whose devices are told of; a tenant may have no other row yet.</summary>
    public Task ListenAsync(Guid[] tenants, CancellationToken ct) => ExecuteAsync(Sql.Command("""
        with others as (update tenants set tells_devices = false where tells_devices and id <> all ($1))
        insert into tenants (id, name, behavior, created_at, tells_devices) select k, k::text, 'intune2020', $2, true from unnest($1) k
        on conflict (id) do update set tells_devices = true where not tenants.tells_devices
        """, tenants, time.GetUtcNow()), ct);

    /// <summary>Devices that have not been heard of for long.</summary>
    public async Task SweepAsync(Guid tenant, TimeSpan silent, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("mdm"), ct);
        await transaction.ExecuteAsync(Sql.Command("""
            insert into work (lane, tenant_id, key, run_at)
            select 'device', $1, d.id, $3 from devices d
            where d.tenant_id = $1 and d.enrollment_id is not null and d.management_state = 'managed' and d.last_sync_at < $2
            on conflict (lane, key) do nothing
            """, tenant, now - silent, now), ct);
        await transaction.CommitAsync(ct);
    }

    public async Task<List<DeviceToTell>> ClaimAsync(TimeSpan lease, int most, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(Claim, Lane, now, now + lease, most) } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var claimed = new List<DeviceToTell>();
        while (await reader.ReadAsync(ct)) claimed.Add(new DeviceToTell(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2)));
        return claimed;
    }

    public Task ToldAsync(IReadOnlyList<DeviceToTell> told, CancellationToken ct) => ExecuteAsync(Sql.Command($"""
        with done as ({Done}), ended as (delete from work w using done where {Same} and w.attempts = done.attempts)
        update work w set leased_until = null from done where {Same} and w.attempts <> done.attempts
        """, Lane, Keys(told), Attempts(told)), ct);

    public Task PutOffAsync(IReadOnlyList<DeviceToTell> failed, TimeSpan delay, CancellationToken ct) => ExecuteAsync(Sql.Command($"""
        with done as ({Done})
        update work w set leased_until = null, run_at = greatest(w.run_at, $4) from done where {Same}
        """, Lane, Keys(failed), Attempts(failed), time.GetUtcNow() + delay), ct);

    private const string Done = "select * from unnest($2::uuid[], $3::int[]) as d (key, attempts)";

    private const string Same = "w.lane = $1 and w.key = done.key";

    private static Guid[] Keys(IReadOnlyList<DeviceToTell> items) => [.. items.Select(item => item.Device)];

    private static int[] Attempts(IReadOnlyList<DeviceToTell> items) => [.. items.Select(item => item.Attempts)];

    private async Task ExecuteAsync(NpgsqlBatchCommand command, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await batch.ExecuteNonQueryAsync(ct);
    }

    private const string Claim = """
        update work set leased_until = $3, attempts = attempts + 1
        where (lane, key) in (
            select lane, key from work where lane = $1 and run_at <= $2 and (leased_until is null or leased_until <= $2)
            order by run_at limit $4 for update skip locked)
        returning tenant_id, key, attempts
        """;
}
