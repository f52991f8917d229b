using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Access;
using VppManager.Api.Sync;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tokens;

namespace VppManager.Api.Tests.Access;

/// <summary>What the operator does with a whole tenant.</summary>
[Trait("Rule", "G5")]
public sealed class TenantOperationsTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private TenantOperations Tenants => new(service.Owner, TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Suspend_Tenant_RefusesItsCallersAndSendsAppleNothing()
    {
        var shape = await TenantOfShape.BuildAsync(service);
        var (tenant, services) = (shape.Organization.Tenant, service.Hosts[0].Services);
        var location = await service.ScalarAsync<Guid>("select id from locations where tenant_id = $1", tenant);
        Assert.NotNull(await services.GetRequiredService<LocationTokens>().FindAsync(tenant, location, Ct));

        Assert.True(await Tenants.SuspendAsync(tenant, suspend: true, Ct));
        services.GetRequiredService<TenantStandings>().Forget(tenant);

        var (graph, graphBody) = await shape.SendAsync(HttpMethod.Get, "/v1.0/deviceAppManagement/vppTokens");
        var (plain, plainBody) = await shape.SendAsync(HttpMethod.Get, "/vpp/tokens");
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (graph, plain));
        Assert.Contains("\"code\":\"TenantSuspended\"", graphBody, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"tenantSuspended\"", plainBody, StringComparison.Ordinal);
        Assert.Null(await services.GetRequiredService<LocationTokens>().FindAsync(tenant, location, Ct));
        Assert.False((await services.GetRequiredService<TokenSync>().RunAsync(tenant, shape.Token, full: true, Ct)).IsOk);

        Assert.True(await Tenants.SuspendAsync(tenant, suspend: false, Ct));
        services.GetRequiredService<TenantStandings>().Forget(tenant);
        Assert.Equal(HttpStatusCode.OK, (await shape.SendAsync(HttpMethod.Get, "/vpp/tokens")).Status);
        Assert.Equal(["Action resume", "Action suspend"],
            (await service.ColumnAsync<string>("select activity from audit_events where tenant_id = $1 and resource_type = 'Tenant'", tenant)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Delete_SuspendedTenant_LeavesNoTraceInAnyTableAndOthersAlone()
    {
        var (gone, stays) = (await TenantOfShape.BuildAsync(service), await TenantOfShape.BuildAsync(service));
        using var administrators = new Administrators(service, gone.Organization.Tenant);
        await administrators.WithAsync(["Microsoft.Intune_MobileApps_Read"], await administrators.TagAsync("Gone"));
        var before = await RowsAsync(stays.Organization.Tenant);

        Assert.Null(await Tenants.DeleteAsync(gone.Organization.Tenant, Ct));
        Assert.NotEqual(0, await RowsAsync(gone.Organization.Tenant));
        await Tenants.SuspendAsync(gone.Organization.Tenant, suspend: true, Ct);
        var deleted = await Tenants.DeleteAsync(gone.Organization.Tenant, Ct);

        Assert.True(deleted > 20, $"{deleted} rows");
        Assert.Equal(0, await RowsAsync(gone.Organization.Tenant));
        Assert.Equal(before, await RowsAsync(stays.Organization.Tenant));
    }

    [Fact]
    public async Task Create_Twice_SecondSaysThatItIsThere()
    {
        var id = Guid.CreateVersion7();

        Assert.True(await Tenants.CreateAsync(id, "School", Behaviors.Intune2026, Ct));
        Assert.False(await Tenants.CreateAsync(id, "School", Behaviors.Intune2026, Ct));
        Assert.Equal("School", (await Tenants.ListAsync(Ct)).Single(one => one.Id == id).Name);
        Assert.False(await Tenants.SuspendAsync(Guid.CreateVersion7(), suspend: true, Ct));
    }

    [Theory]
    [InlineData("tenants", "delete", "--id", "0198a3c0-0000-7000-8000-000000000001")]
    [InlineData("tenants", "suspend")]
    [InlineData("tenants", "create")]
    [InlineData("tenants")]
    [InlineData("reencrypt", "--everything")]
    public async Task Command_WrongArguments_SaysHowAndTouchesNothing(params string[] arguments)
    {
        var (exitCode, _, errors) = await Hosting.ServiceProgram.RunAsync(arguments, []);

        Assert.Equal(2, exitCode);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    /// <summary>How many rows of any table, Quartz's too, have the tenant's id somewhere in them.</summary>
    private async Task<long> RowsAsync(Guid tenant)
    {
        var tables = await service.ColumnAsync<string>("""
            select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname in ('public', 'quartz') and c.relkind = 'r'
            """);
        var all = string.Join(" union all ", tables.Select(table => $"select count(*) as n from {table} t where t::text like '%' || $1::text || '%'"));
        return await service.ScalarAsync<long>($"select sum(n)::bigint from ({all}) s", tenant);
    }
}
