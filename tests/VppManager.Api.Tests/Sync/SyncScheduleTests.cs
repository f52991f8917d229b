using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Sync;

/// <summary>Two instances whose schedule comes every two seconds.</summary>
public sealed class EverySecondFixture(PostgresFixture postgres) : ServiceFixture(postgres)
{
    protected override int Instances => 2;

    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Sync:Schedule"] = "0/2 * * ? * *" };
}

public sealed class SyncScheduleTests(EverySecondFixture service) : IClassFixture<EverySecondFixture>
{
    [Fact, Trait("Rule", "S1")]
    public async Task Schedule_WhenItComes_EveryTokenIsSynchronisedUnasked()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1000000007", 1);
        await organization.UploadTokenAsync();

        organization.Location.Buy("1000000007", 6);

        await Eventually.IsAsync(() => service.ScalarAsync<int>("select total from pools where tenant_id = $1", organization.Tenant), total => total == 7);
    }

    [Fact, Trait("Rule", "S3")]
    public async Task Schedule_OverTwoInstances_NeverRunsTwoSyncsOfATokenAtOnce()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();

        await Eventually.IsAsync(
            () => service.ScalarAsync<long>("select count(*) from sync_runs where token_id = $1 and outcome = 'completed'", token), runs => runs >= 4);

        var overlapping = await service.ScalarAsync<long>("""
            select count(*) from sync_runs a join sync_runs b on b.token_id = a.token_id and b.id > a.id
            where a.token_id = $1 and b.started_at < coalesce(a.finished_at, 'infinity')
            """, token);
        Assert.Equal(0, overlapping);
    }
}
