using Npgsql;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;

namespace VppManager.Api.Tests.Directory.AppleAccounts;

/// <summary>Changes of users that meet a plan which is being made just then.</summary>
public sealed class AppleAccountPlanTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    [Trait("Rule", "L3")]
    public async Task ManagedAccount_ChangeCommittedAfterAPlanWasTakenUp_AppleIsToldAllTheSame()
    {
        var (organization, app, _, location) = await WithManagedUserAsync("8300001", "before@corp.example", "after@corp.example");
        await using var gate = await Gate.OfCommitsToUsersAsync(service, organization.Tenant);
        await service.ExecuteAsync("""
            insert into work (lane, tenant_id, key, run_at) values ('plan', $1, $2, now() + interval '1 hour')
            on conflict (lane, key) do update set run_at = excluded.run_at
            """, organization.Tenant, location);

        var change = organization.JoinUserAsync(null, "kim", "after@corp.example");
        await gate.SomebodyWaitsAsync();
        await service.ExecuteAsync($"update work set run_at = now() where (lane, key) in ({FreePlan})", location);
        await Eventually.IsAsync(() => service.ScalarAsync<long>($"select count(*) from ({FreePlan}) free", location), free => free == 0);
        await gate.OpenAsync();
        await change;

        await Eventually.IsAsync(() => Task.FromResult(organization.Active()), users => users.Any(one => one.Account == "after@corp.example"));
        await organization.FiguresAsync(app, held: 1);
    }

    [Fact]
    [Trait("Rule", "L18")]
    public async Task DeleteUser_WhileAPlanOfTheUserIsMade_WaitsForItAndNeitherFails()
    {
        var (organization, app, user, _) = await WithManagedUserAsync("8300002", "first@corp.example", "second@corp.example");
        await using var gate = await Gate.OfNewRequestsAsync(service);
        await organization.JoinUserAsync(null, "kim", "second@corp.example");
        await gate.SomebodyWaitsAsync();

        var deletion = organization.DeleteAsync($"/v1.0/users/{user}");
        await gate.SomebodyWaitsForAWaitingOneAsync();
        await gate.OpenAsync();
        await deletion;

        await Eventually.IsAsync(() => Task.FromResult(organization.Active()), users => users.Count == 0);
        await organization.FiguresAsync(app, held: 0);
        Assert.DoesNotContain(service.Hosts[0].Log.Lines, line => line.Contains(PostgresErrorCodes.DeadlockDetected, StringComparison.Ordinal));
    }

    private const string FreePlan = "select lane, key from work where lane = 'plan' and key = $1 for update skip locked";

    private async Task<(Organization Organization, Guid App, Guid User, Guid Location)> WithManagedUserAsync(string adamId, params string[] accounts)
    {
        var organization = service.Organization();
        organization.Location.AddManagedAccounts(accounts);
        var (_, app, group) = await organization.WithUserAppAsync(adamId);
        var user = await organization.JoinUserAsync(group, "kim", accounts[0]);
        await organization.EnrolAsync($"PL-{adamId}", user, AppleAccountWords.UserEnrollment);
        await organization.FiguresAsync(app, held: 1);
        var location = await service.ScalarAsync<Guid>("select id from locations where tenant_id = $1", organization.Tenant);
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from work where lane = 'plan' and key = $1", location), plans => plans == 0);
        return (organization, app, user, location);
    }
}
