using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Access;
using VppManager.Api.Hosting;
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
        Assert.True(await service.ScalarAsync<bool>("""
            select bool_and((changes -> 'suspended_at' ->> case activity when 'Action suspend' then 'after' else 'before' end) is not null
                and (changes -> 'suspended_at' ->> case activity when 'Action suspend' then 'before' else 'after' end) is null)
            from audit_events where tenant_id = $1 and resource_type = 'Tenant'
            """, tenant));
    }

    [Fact]
    public async Task Delete_SuspendedTenant_LeavesNoTraceInAnyTableAndOthersAlone()
    {
        var (gone, stays) = (await TenantOfShape.BuildAsync(service), await TenantOfShape.BuildAsync(service));
        using var administrators = new Administrators(service, gone.Organization.Tenant);
        await administrators.WithAsync(["Microsoft.Intune_MobileApps_Read"], await administrators.TagAsync("Gone"));
        // What a request of either has staged, and a run that is gone; the paces of files without a location.
        foreach (var (tenant, holder) in new[] { (gone, "STAGED-GONE"), (stays, "STAGED-STAYS") })
            await service.ExecuteAsync("insert into staged_assignments select id, 1, '1', 'STDQ', 'device', $2 from apple_requests where tenant_id = $1 limit 1", tenant.Organization.Tenant, holder);
        await service.ExecuteAsync("insert into staged_assignments values (gen_random_uuid(), 1, '1', 'STDQ', 'device', 'STAGED-LONG-GONE')");
        await service.ExecuteAsync("insert into request_pace (key, next_at) values ('sha256-gone', now() - interval '1 minute')");
        var before = await RowsAsync(stays.Organization.Tenant);

        Assert.Null(await Tenants.DeleteAsync(gone.Organization.Tenant, Ct));
        Assert.NotEqual(0, await RowsAsync(gone.Organization.Tenant));
        await Tenants.SuspendAsync(gone.Organization.Tenant, suspend: true, Ct);
        var deleted = await Tenants.DeleteAsync(gone.Organization.Tenant, Ct);

        Assert.True(deleted > 20, $"{deleted} rows");
        Assert.Equal(0, await RowsAsync(gone.Organization.Tenant));
        Assert.Equal(before, await RowsAsync(stays.Organization.Tenant));
        Assert.Equal(["STAGED-STAYS"], await service.ColumnAsync<string>("select holder from staged_assignments where holder like 'STAGED%'"));
        Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from request_pace where key = 'sha256-gone'"));
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

    [Fact]
    public async Task Commands_AsTheOperatorTypesThem_CreateSuspendResumeAndDelete()
    {
        var id = Guid.CreateVersion7();

        Assert.Equal((0, $"{id}"), await RunAsync("tenants", "create", "--name", "Typed", "--id", $"{id}", "--behavior", "intune2026"));
        Assert.Equal((0, $"The tenant {id} is suspended."), await RunAsync("tenants", "suspend", "--id", $"{id}"));
        var (_, list) = await RunAsync("tenants", "list");
        Assert.Contains(list.Split('\n'), line => line.StartsWith($"{id}\tsuspended\t", StringComparison.Ordinal) && line.EndsWith("\tintune2026\tTyped", StringComparison.Ordinal));
        Assert.Equal((0, $"The tenant {id} is resumed."), await RunAsync("tenants", "resume", "--id", $"{id}"));
        Assert.Equal((1, $"The tenant {id} is not there, or not suspended: suspend it first."), await RunAsync("tenants", "delete", "--id", $"{id}", "--confirm", $"{id}"));
        await Tenants.SuspendAsync(id, suspend: true, Ct);
        Assert.Equal(0, (await RunAsync("tenants", "delete", "--id", $"{id}", "--confirm", $"{id}")).ExitCode);
        Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from tenants where id = $1", id));
    }

    [Fact]
    public async Task Suspend_WithWorkUnderWay_NothingMoreGoesToApple()
    {
        var (gone, stays) = (await TenantOfShape.BuildAsync(service), await TenantOfShape.BuildAsync(service));
        service.Apple.Settings.EventDelay = TimeSpan.FromHours(1);
        await gone.Organization.JoinAsync(gone.Group, await gone.Organization.DeviceAsync("PENDING00001"));
        var asked = RequestsOf(gone);
        await Eventually.IsAsync(() => Task.FromResult(RequestsOf(gone)), now => now > asked + 3);
        service.Apple.Settings.EventDelay = TimeSpan.Zero;

        Assert.True(await Tenants.SuspendAsync(gone.Organization.Tenant, suspend: true, Ct));
        await stays.Organization.SyncAsync(stays.Token);
        var (before, others) = (RequestsOf(gone), RequestsOf(stays));
        for (var n = 0; n < 3; n++) await stays.Organization.SyncAsync(stays.Token);

        Assert.Equal(before, RequestsOf(gone));
        Assert.True(RequestsOf(stays) >= others + 6, $"{others} requests, then {RequestsOf(stays)}");
    }

    [Fact]
    [Trait("Rule", "T16")]
    public async Task Reencrypt_AsTheOperatorTypesIt_WritesEverySecretAnewAndTheServiceGoesOn()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();
        var before = await service.ScalarAsync<string>("select protected_secret from tokens where id = $1", token);

        var (exitCode, said) = await RunAsync("reencrypt");

        Assert.Equal(0, exitCode);
        Assert.Matches("^[1-9][0-9]* secrets have been protected anew.$", said);
        Assert.NotEqual(before, await service.ScalarAsync<string>("select protected_secret from tokens where id = $1", token));
        await organization.SyncAsync(token);
        Assert.Equal("completed", (await organization.SyncedAsync(token))["lastSyncStatus"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("delete", "--id", "0198a3c0-0000-7000-8000-000000000001")]
    [InlineData("delete", "--id", "0198a3c0-0000-7000-8000-000000000001", "--confirm", "0198a3c0-0000-7000-8000-000000000002")]
    [InlineData("suspend")]
    [InlineData("resume", "--id", "all")]
    [InlineData("create")]
    [InlineData("create", "--name", "School", "--behavior", "intune2030")]
    [InlineData("list", "--id", "1", "--more")]
    [InlineData]
    public async Task TenantsCommand_WrongArguments_SaysHowAndTouchesNothing(params string[] arguments)
    {
        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => TenantsCommand.RunAsync(arguments, TextWriter.Null, Ct));
        Assert.Contains("Usage:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_WrongArguments_ExitsWithTwo()
    {
        var (exitCode, _, errors) = await Hosting.ServiceProgram.RunAsync(["reencrypt", "--everything"], []);

        Assert.Equal(2, exitCode);
        Assert.Contains("Usage: reencrypt", errors, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Said)> RunAsync(params string[] arguments)
    {
        var (exitCode, output, _) = await Hosting.ServiceProgram.RunAsync(arguments, new() { ["ConnectionStrings__VppManager"] = service.ConnectionString });
        return (exitCode, output.Trim());
    }

    private int RequestsOf(TenantOfShape tenant) => service.Apple.Journal.Count(entry => entry.LocationUid == tenant.Organization.Location.Uid);

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
