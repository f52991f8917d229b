using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Licenses;

namespace VppManager.Api.Sync;

/// <summary>What a merge found to differ (S5).</summary>
internal sealed record Merged(int Corrected, int Untracked)
{
    public static Merged operator +(Merged one, Merged other) => new(one.Corrected + other.Corrected, one.Untracked + other.Untracked);
}

/// <summary>
/// Brings the tables in line with what a sync has read, in one transaction: readers find all of it or nothing, and a failure leaves the last good data whole (S4).
/// </summary>
internal sealed class SyncMerge(NpgsqlDataSource database, TimeProvider time)
{
    // PostgreSQL knows nothing yet of rows copied a moment ago and would take them for few.
    private const int Many = 2_000;

    public async Task<Merged> RunAsync(SyncSession session, StagedSync staged, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, session.Tenant, new Cause("sync"), ct);
        var merge = new Merge(transaction, session, staged, time.GetUtcNow());
        await merge.LockAsync(ct);
        await merge.CheckStagedAsync(ct);
        await PlanForAsync(transaction, staged, ct);

        await merge.AssetsAsync(ct);
        await merge.UsersAsync(ct);
        var merged = await merge.LicensesAsync(ct);
        await merge.EndAsync(ct);
        await transaction.CommitAsync(ct);
        return merged;
    }

    private static async Task PlanForAsync(TenantTransaction transaction, StagedSync staged, CancellationToken ct)
    {
        if (IsFew(staged)) return;
        await transaction.ExecuteAsync(new NpgsqlBatchCommand("select set_config('enable_nestloop', 'off', true), set_config('work_mem', '64MB', true)"), ct);
    }

    private static bool IsFew(StagedSync staged) => staged.Assets.Rows + staged.Licenses.Rows + staged.Users.Rows <= Many;

    /// <summary>One merge, step by step.</summary>
    private sealed class Merge(TenantTransaction transaction, SyncSession session, StagedSync staged, DateTimeOffset now)
    {
        private readonly (Guid Tenant, Guid Location, Guid Stage) of = (session.Tenant, session.Location, session.Stage);

        // In the order in which everybody locks: location, tokens, pools.
        public async Task LockAsync(CancellationToken ct)
        {
            await ExecuteAsync("select 1 from locations where tenant_id = $1 and id = $2 for no key update", ct);
            var token = await transaction.ReadAsync(
                Sql.Command("select 1 from tokens where tenant_id = $1 and id = $2 and location_id = $3 for key share", of.Tenant, session.Token, of.Location), _ => true, ct);
            if (token.Count == 0) throw new SyncStoppedException("The token was deleted meanwhile.");

            await ExecuteAsync("select 1 from pools where tenant_id = $1 and location_id = $2 order by id for update", ct);
        }

        // The staging tables do not outlive a crash of PostgreSQL. A gap must not be taken for licences that are gone.
        public async Task CheckStagedAsync(CancellationToken ct)
        {
            var rows = await transaction.ReadOneAsync(
                Sql.Command(MergeSql.CountStaged, of.Stage, staged.Assets.Attempt, staged.Licenses.Attempt, staged.Users.Attempt),
                row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), ct);
            if (rows != (staged.Assets.Rows, staged.Licenses.Rows, staged.Users.Rows))
                throw new SyncStoppedException("What was read from Apple was lost before it could be merged.");
        }

        public async Task AssetsAsync(CancellationToken ct)
        {
            var attempt = staged.Assets.Attempt;
            await ExecuteAsync(MergeSql.Pools, ct, of.Stage, attempt, NewIds());
            if (!staged.Assets.Torn) await ExecuteAsync(MergeSql.EmptyGone, ct, of.Stage, attempt);
            await ExecuteAsync(MergeSql.Apps, ct, of.Stage, attempt, session.Token, NewIds(), now);
        }

        public async Task UsersAsync(CancellationToken ct)
        {
            var (attempt, readSince) = (staged.Users.Attempt, staged.Users.ReadSince);
            if (staged.Users.Rows > 0) await ExecuteAsync(MergeSql.Users, ct, of.Stage, attempt, NewIds(), now, readSince);
            if (!staged.Users.Whole || staged.Users.Torn) return;

            await ExecuteAsync(MergeSql.MissingUsers, ct, of.Stage, attempt, now, readSince);
            await ExecuteAsync(MergeSql.OthersGone, ct, of.Stage, attempt, readSince);
        }

        // What is absent is gone only where everything was read. A list that changed on the way may lack rows: there it takes as many as Apple counts.
        public async Task<Merged> LicensesAsync(CancellationToken ct)
        {
            var read = staged.Licenses;
            var whole = !read.Whole ? []
                : read.Torn ? await PoolsAsync(MergeSql.WholePools, ct, of.Stage, read.Attempt)
                : await PoolsAsync(MergeSql.AllPools, ct);
            var merged = await ReconcileAsync(whole, read, ct);
            if (!read.Whole || read.Torn)
            {
                var others = (await PoolsAsync(MergeSql.AllPools, ct)).Except(whole).ToArray();
                merged += new Merged(0, await Seats.AdoptAsync(transaction, others, of.Stage, read.Attempt, read.ReadSince, now, IsFew(staged), ct));
            }

            foreach (var asset in staged.Again) merged += await AgainAsync(asset, ct);
            return merged;
        }

        public async Task EndAsync(CancellationToken ct)
        {
            if (!staged.Assets.Torn) await ExecuteAsync(MergeSql.RemoveGone, ct, of.Stage, staged.Assets.Attempt);
            await ExecuteAsync(MergeSql.Difference, ct);
            await PositionAsync(AppleList.Assignments, staged.Licenses, ct);
            await PositionAsync(AppleList.Users, staged.Users, ct);

            await ExecuteAsync(staged.Licenses.Whole ? MergeSql.Mark : MergeSql.MarkChanged, ct);
            await transaction.ExecuteAsync(Sql.Command("select pg_notify($1, $2)", Marks.Channel, Marks.Lane), ct);
            await ExecuteAsync("update locations set synced_at = $3 where tenant_id = $1 and id = $2", ct, now);
            await Seats.ReleaseAgainAsync(transaction, of.Location, now, ct);
        }

        private async Task<Merged> AgainAsync(RereadAsset asset, CancellationToken ct)
        {
            var pools = await PoolsAsync("select id from pools where tenant_id = $1 and location_id = $2 and adam_id = $3", ct, asset.AdamId);
            return asset.Holders.Torn
                ? new Merged(0, await Seats.AdoptAsync(transaction, pools, of.Stage, asset.Holders.Attempt, asset.Holders.ReadSince, now, few: false, ct))
                : await ReconcileAsync(pools, asset.Holders, ct);
        }

        private async Task<Merged> ReconcileAsync(Guid[] pools, StagedList read, CancellationToken ct)
        {
            if (pools.Length == 0) return new Merged(0, 0);

            var (corrected, untracked) = await Seats.ReconcileAsync(transaction, pools, of.Stage, read.Attempt, read.ReadSince, now, ct);
            return new Merged(corrected, untracked);
        }

        private async Task PositionAsync(AppleList list, StagedList read, CancellationToken ct)
        {
            if (read.VersionId is not null) await ExecuteAsync(MergeSql.Position, ct, EnumText.Of(list), read.VersionId, now, read.Whole);
        }

        private async Task<Guid[]> PoolsAsync(string question, CancellationToken ct, params object[] more) =>
            [.. await transaction.ReadAsync(Sql.Command(question, [of.Tenant, of.Location, .. more]), row => row.GetGuid(0), ct)];

        private Task<int> ExecuteAsync(string statement, CancellationToken ct, params object[] more) =>
            transaction.ExecuteAsync(Sql.Command(statement, [of.Tenant, of.Location, .. more]), ct);

        /// <summary>A first half of a version 7 UUID: the statement appends a number to it for each row.</summary>
        private static string NewIds() => Guid.CreateVersion7().ToString()[..29];
    }
}
