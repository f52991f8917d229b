using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Licenses;

namespace VppManager.Api.Sync;

/// <summary>What a merge found to differ (S5).</summary>
internal sealed record Merged(int Corrected, int Untracked);

/// <summary>
/// Brings the tables in line with what a sync has read, in one transaction: readers find all of it or nothing, and a failure leaves the last good data whole (S4).
/// </summary>
internal sealed class SyncMerge(NpgsqlDataSource database, TimeProvider time)
{
    // PostgreSQL knows nothing yet of rows copied a moment ago and would take them for few.
    private const int Many = 2_000;


    public async Task<Merged> RunAsync(SyncSession session, StagedSync staged, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await TenantTransaction.BeginAsync(database, session.Tenant, new Cause("sync"), ct);
        if (staged.Licenses.Rows + staged.Assets.Rows > Many) await transaction.ExecuteAsync(new NpgsqlBatchCommand("set local enable_nestloop = off"), ct);

        await LockAsync(transaction, session, ct);
        await CheckStagedAsync(transaction, session.Run, staged, ct);
        await MergeAssetsAsync(transaction, session, staged.Assets, now, ct);
        await MergeUsersAsync(transaction, session, staged.Users, now, ct);
        var merged = await ReconcileAsync(transaction, session, staged, now, ct);

        if (!staged.Assets.Torn) await transaction.ExecuteAsync(Sql.Command(MergeSql.RemoveGone, session.Tenant, session.Location, session.Run, staged.Assets.Attempt), ct);
        await transaction.ExecuteAsync(Sql.Command(MergeSql.Mark, session.Tenant, session.Location), ct);
        await transaction.ExecuteAsync(Sql.Command("select pg_notify($1, $2)", Marks.Channel, Marks.Lane), ct);
        await transaction.ExecuteAsync(
            Sql.Command("update locations set synced_at = $3 where tenant_id = $1 and id = $2", session.Tenant, session.Location, now), ct);
        await Seats.ReleaseAgainAsync(transaction, session.Location, now, ct);
        await transaction.CommitAsync(ct);
        return merged;
    }

    // In the order in which everybody locks: location, tokens, pools.
    private static async Task LockAsync(TenantTransaction transaction, SyncSession session, CancellationToken ct)
    {
        await transaction.ExecuteAsync(
            Sql.Command("select 1 from locations where tenant_id = $1 and id = $2 for no key update", session.Tenant, session.Location), ct);
        var token = await transaction.ReadAsync(
            Sql.Command("select 1 from tokens where tenant_id = $1 and id = $2 and location_id = $3 for key share", session.Tenant, session.Token, session.Location),
            _ => true, ct);
        if (token.Count == 0) throw new SyncStoppedException("The token was deleted meanwhile.");

        await transaction.ExecuteAsync(
            Sql.Command("select 1 from pools where tenant_id = $1 and location_id = $2 order by id for update", session.Tenant, session.Location), ct);
    }

    // The staging tables do not outlive a crash of PostgreSQL. A gap must not be taken for licences that are gone.
    private static async Task CheckStagedAsync(TenantTransaction transaction, Guid run, StagedSync staged, CancellationToken ct)
    {
        var rows = await transaction.ReadOneAsync(
            Sql.Command(MergeSql.CountStaged, run, staged.Assets.Attempt, staged.Licenses.Attempt), row => (Assets: row.GetInt64(0), Licenses: row.GetInt64(1)), ct);
        if (rows.Assets != staged.Assets.Rows || rows.Licenses != staged.Licenses.Rows)
            throw new SyncStoppedException("What was read from Apple was lost before it could be merged.");
    }

    private static async Task MergeAssetsAsync(TenantTransaction transaction, SyncSession session, StagedList assets, DateTimeOffset now, CancellationToken ct)
    {
        await transaction.ExecuteAsync(Sql.Command(MergeSql.Pools, session.Tenant, session.Location, session.Run, assets.Attempt, NewIds()), ct);
        if (!assets.Torn)
            await transaction.ExecuteAsync(Sql.Command(MergeSql.EmptyGone, session.Tenant, session.Location, session.Run, assets.Attempt), ct);
        await transaction.ExecuteAsync(
            Sql.Command(MergeSql.Apps, session.Tenant, session.Location, session.Run, assets.Attempt, session.Token, NewIds(), now), ct);
    }

    private static async Task MergeUsersAsync(
        TenantTransaction transaction, SyncSession session, IReadOnlyList<UserChange> users, DateTimeOffset now, CancellationToken ct)
    {
        if (users.Count == 0) return;

        await transaction.ExecuteAsync(
            Sql.Command(MergeSql.Users, session.Tenant, session.Location, now,
                users.Select(user => user.ClientUserId).ToArray(),
                users.Select(user => EnumText.Of(user.Status)).ToArray(),
                users.Select(user => user.IdHash).ToArray()),
            ct);
    }

    // A list that changed while it was read may lack rows: only pools of which as many were read as Apple counts are compared then.
    private static async Task<Merged> ReconcileAsync(
        TenantTransaction transaction, SyncSession session, StagedSync staged, DateTimeOffset now, CancellationToken ct)
    {
        var which = staged.Licenses.Torn
            ? Sql.Command(MergeSql.WholePools, session.Tenant, session.Location, session.Run, staged.Licenses.Attempt)
            : Sql.Command("select id from pools where tenant_id = $1 and location_id = $2", session.Tenant, session.Location);
        var pools = await transaction.ReadAsync(which, row => row.GetGuid(0), ct);

        var (corrected, untracked) = await Seats.ReconcileAsync(
            transaction, [.. pools], session.Run, staged.Licenses.Attempt, staged.ReadSince, now, ct);
        return new Merged(corrected, untracked);
    }

    /// <summary>A first half of a version 7 UUID: the statement appends a number to it for each row.</summary>
    private static string NewIds() => Guid.CreateVersion7().ToString()[..29];
}
