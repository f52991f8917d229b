using Npgsql;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>Holds transactions up at one place, until it is opened.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly ServiceFixture service;
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private bool isOpen;

    private Gate(ServiceFixture service, NpgsqlConnection connection, NpgsqlTransaction transaction) =>
        (this.service, this.connection, this.transaction) = (service, connection, transaction);

    public static Task<Gate> OfNewRequestsAsync(ServiceFixture service) =>
        CloseAsync(service, "lock table apple_requests in share row exclusive mode");

    /// <summary>Just before whoever changed a user of the tenant commits.</summary>
    public static async Task<Gate> OfCommitsToUsersAsync(ServiceFixture service, Guid tenant)
    {
        await service.ExecuteAsync($"""
            create or replace function gate() returns trigger language plpgsql as $$
            begin
                perform pg_advisory_xact_lock_shared(4711);
                return null;
            end $$;
            create constraint trigger gate after update on users deferrable initially deferred
                for each row when (new.tenant_id = '{tenant}') execute function gate()
            """);
        return await CloseAsync(service, "select pg_advisory_xact_lock(4711)");
    }

    private static async Task<Gate> CloseAsync(ServiceFixture service, string sql)
    {
        var connection = await service.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return new Gate(service, connection, transaction);
    }

    public Task<long> SomebodyWaitsAsync() => WaitersAsync("where $1 = any (pg_blocking_pids(pid))");

    public Task<long> SomebodyWaitsForAWaitingOneAsync() => WaitersAsync(
        "where exists (select from unnest(pg_blocking_pids(pid)) as b (other) where $1 = any (pg_blocking_pids(other)))");

    public async Task OpenAsync()
    {
        if (isOpen) return;
        isOpen = true;
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await OpenAsync();
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
        await service.ExecuteAsync("drop trigger if exists gate on users");
    }

    private Task<long> WaitersAsync(string which) => Eventually.IsAsync(
        () => service.ScalarAsync<long>($"select count(*) from pg_stat_activity {which}", connection.ProcessID), waiters => waiters > 0);
}
