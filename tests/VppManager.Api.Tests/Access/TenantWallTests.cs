using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VppManager.Api.Access;
using VppManager.Api.Apps;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Api.Licenses;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Access;

/// <summary>The second wall: with the filters of the first taken down, PostgreSQL itself shows a tenant its own rows only.</summary>
[Trait("Rule", "G5")]
public sealed class TenantWallTests(TwoTenants service) : IClassFixture<TwoTenants>
{
    /// <summary>Queues that serve all tenants; they hold ids only.</summary>
    private const string Queues = "'marks', 'work'";

    private const string WalledTables = $"""
        select c.relname::text from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in ({Queues}) order by 1
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private NpgsqlDataSource Application => service.Hosts[0].Services.GetRequiredService<NpgsqlDataSource>();

    [Fact]
    public async Task Query_FiltersIgnored_OnlyRowsOfTheTenant()
    {
        var (ours, theirs) = await service.BothAsync();
        await using var scope = service.Hosts[0].Services.CreateAsyncScope();
        await using var context = scope.ServiceProvider.GetRequiredService<VppContext>();
        context.Tenant = ours.Organization.Tenant;

        foreach (var type in context.Model.GetEntityTypes().Where(type => type.ClrType != typeof(Tenant)))
        {
            var owners = (Task<List<Guid>>)typeof(TenantWallTests).GetMethod(nameof(OwnersAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(type.ClrType).Invoke(null, [context])!;
            Assert.DoesNotContain(theirs.Organization.Tenant, await owners);
        }

        Assert.Equal([ours.Organization.Tenant], await OwnersAsync<App>(context));
        Assert.Equal([ours.Organization.Tenant], await OwnersAsync<LedgerEntry>(context));
    }

    [Fact]
    public async Task Query_NoTenantSet_IsNotSent()
    {
        await service.BothAsync();
        await using var scope = service.Hosts[0].Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<VppContext>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => context.Apps.IgnoreQueryFilters().ToListAsync(Ct));
    }

    [Fact]
    public async Task RawSql_WithoutAnyPredicate_RowsOfTheTenantAndNoneWithoutOne()
    {
        var (ours, theirs) = await service.BothAsync();
        var seen = 0;
        foreach (var table in await service.ColumnAsync<string>(WalledTables))
        {
            Assert.Equal(await RowsOfAsync(table, ours), await ReadAsync(table, ours.Organization.Tenant));
            Assert.Equal(await RowsOfAsync(table, theirs), await ReadAsync(table, theirs.Organization.Tenant));
            Assert.Equal(0, await ReadAsync(table, null));
            if (await RowsOfAsync(table, ours) > 0) seen++;
        }

        Assert.True(seen >= 12, $"Only {seen} tables had rows to hide.");
    }

    [Fact]
    public async Task RawSql_ThroughEveryView_NothingOfTheirs()
    {
        var (ours, theirs) = await service.BothAsync();
        const string views = """
            select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'v' order by 1
            """;
        var (seen, all) = (0, await service.ColumnAsync<string>(views));
        foreach (var view in all)
        {
            var rows = await ReadAsync(view, theirs.Organization.Tenant);
            Assert.Equal(rows, await ReadAsync(view, theirs.Organization.Tenant, $"where tenant_id = '{theirs.Organization.Tenant}'"));
            Assert.Equal(0, await ReadAsync(view, ours.Organization.Tenant, $"where tenant_id <> '{ours.Organization.Tenant}'"));
            Assert.Equal(0, await ReadAsync(view, null));
            if (rows > 0) seen++;
        }

        Assert.True(seen >= 6, $"Only {seen} of {all.Count} views had rows to hide.");
    }

    [Theory]
    [InlineData("insert into groups (tenant_id, id, display_name, created_at) values ($1, gen_random_uuid(), 'foreign', now())")]
    [InlineData("update groups set tenant_id = $1")]
    [InlineData("insert into licenses (tenant_id, id, pool_id, holder_kind, holder, state, wanted, tracked, place, entitled_at, changed_at) values ($1, gen_random_uuid(), gen_random_uuid(), 'device', 'X', 'held', true, true, 1, now(), now())")]
    public async Task RawSql_WriteForAnotherTenant_InsufficientPrivilege(string sql)
    {
        var (ours, theirs) = await service.BothAsync();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(sql, ours.Organization.Tenant, theirs.Organization.Tenant));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Theory]
    [Trait("Rule", "L23"), Trait("Rule", "G6")]
    [InlineData("update license_ledger set actor = 'nobody'")]
    [InlineData("delete from license_ledger")]
    [InlineData("update audit_events set actor_name = 'nobody'")]
    [InlineData("delete from audit_events")]
    [InlineData("truncate license_ledger")]
    [InlineData("truncate licenses")]
    [InlineData("alter table apps disable row level security")]
    public async Task RawSql_RewriteHistoryOrTakeTheWallDown_InsufficientPrivilege(string sql)
    {
        var (ours, _) = await service.BothAsync();

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(sql, ours.Organization.Tenant));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task Role_OfTheService_IsNobodySpecialAndOwnsNothing()
    {
        Assert.Equal(DatabaseRoles.Application, await ApplicationScalarAsync<string>("select current_user::text"));
        Assert.False(await ApplicationScalarAsync<bool>(
            "select rolsuper or rolbypassrls or rolcreatedb or rolcreaterole or rolreplication from pg_roles where rolname = current_user"));
        Assert.Equal(0, await ApplicationScalarAsync<long>("select count(*) from pg_class where relowner = current_user::regrole"));
        Assert.Equal(0, await ApplicationScalarAsync<long>("select count(*) from pg_proc where proowner = current_user::regrole"));
        Assert.Equal(0, await ApplicationScalarAsync<long>("select count(*) from pg_auth_members where member = current_user::regrole"));
    }

    [Fact]
    public async Task Tables_WithATenant_AllAreWalledAndForced()
    {
        var walled = await service.ColumnAsync<string>(WalledTables);
        var forced = await service.ColumnAsync<string>("""
            select c.relname::text from pg_class c
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity and c.relforcerowsecurity
              and exists (select from pg_policy p where p.polrelid = c.oid and p.polcmd = '*') order by 1
            """);

        Assert.True(walled.Count >= 15, $"Only {walled.Count} tables have a tenant.");
        Assert.Equal(walled, forced);
    }

    [Fact]
    public async Task Views_All_AskWithTheRightsOfTheirCaller()
    {
        var views = await service.ColumnAsync<string>("select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind in ('v', 'm') order by 1");
        var invokers = await service.ColumnAsync<string>(
            "select relname::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v' and 'security_invoker=true' = any (reloptions) order by 1");

        Assert.True(views.Count >= 10, $"Only {views.Count} views.");
        Assert.Equal(views, invokers);
    }

    [Fact]
    public async Task Functions_All_RunWithTheRightsOfTheirCaller() =>
        Assert.Empty(await service.ColumnAsync<string>("select proname::text from pg_proc where pronamespace = 'public'::regnamespace and prosecdef"));

    private static Task<List<Guid>> OwnersAsync<T>(VppContext context) where T : class =>
        context.Set<T>().IgnoreQueryFilters().Select(row => EF.Property<Guid>(row, TenantDbContext.TenantColumn)).Distinct().ToListAsync(Ct);

    private Task<long> RowsOfAsync(string relation, TenantOfShape tenant) =>
        service.ScalarAsync<long>($"select count(*) from {relation} where tenant_id = $1", tenant.Organization.Tenant);

    private async Task<long> ReadAsync(string relation, Guid? tenant, string predicate = "")
    {
        await using var connection = await Application.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        if (tenant is { } known)
        {
            await using var set = TenantSql.For(known, transaction);
            await set.ExecuteNonQueryAsync(Ct);
        }

        await using var count = new NpgsqlCommand($"select count(*) from {relation} {predicate}", connection, transaction);
        return (long)(await count.ExecuteScalarAsync(Ct))!;
    }

    private async Task ExecuteAsync(string sql, Guid tenant, params Guid[] values)
    {
        await using var transaction = await TenantTransaction.BeginAsync(Application, tenant, new Cause("test"), Ct);
        await transaction.ExecuteAsync(Sql.Command(sql, [.. values]), Ct);
    }

    private async Task<T> ApplicationScalarAsync<T>(string sql)
    {
        await using var command = Application.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Ct))!;
    }
}
