using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Kills;

/// <summary>The service is killed at every step between "assign" and "held", and while it reads; started again, it goes on from there.</summary>
public sealed class KilledTests(Killed service) : IClassFixture<Killed>
{
    [Theory]
    [InlineData(KillStep.Marked)]
    [InlineData(KillStep.SeatsTaken)]
    [InlineData(KillStep.Planned)]
    [InlineData(KillStep.AcceptedByApple)]
    [InlineData(KillStep.Pending)]
    [InlineData(KillStep.AboutToConfirm)]
    [InlineData(KillStep.Held)]
    public async Task Kill_BetweenAssignAndHeld_NoSeatLostAndNoneTakenTwice(KillStep step)
    {
        var (organization, app) = (service.At(step).Organization, service.At(step).App);
        var figures = await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: > 0 });
        var counts = organization.Location.Asset(KilledOrganization.AdamId).Counts;

        Assert.Equal((KilledOrganization.Seats, 400, 0), (figures.Held, figures.Waiting, figures.Failed));
        Assert.Equal(KilledOrganization.Serials.Take(KilledOrganization.Seats), organization.Location.Assignments.Select(one => one.SerialNumber).Order());
        Assert.Equal((KilledOrganization.Seats, 0), (counts.Assigned, counts.Refused));
        Assert.Equal(KilledOrganization.Seats, await service.ScalarAsync<int>("select taken from pools where tenant_id = $1", organization.Tenant));
        Assert.Equal(KilledOrganization.Seats, await service.ScalarAsync<long>(
            "select count(*) from license_ledger where tenant_id = $1 and to_state = 'assigning'", organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "S4"), Trait("Rule", "S8")]
    public async Task Kill_WhileReading_TheNextProcessGoesOnWithoutBeingAsked()
    {
        var (organization, token) = service.Reading;
        var run = await Eventually.IsAsync(() => organization.GetAsync($"/vpp/tokens/{token}/sync"), one => one["outcome"]!.GetValue<string>() is "completed" or "failed");

        Assert.Equal(("completed", true), (run["outcome"]!.GetValue<string>(), run["continued"]!.GetValue<bool>()));
        Assert.Equal((Killed.Synchronised, Killed.Synchronised), (run["licensesTotal"]!.GetValue<int>(), run["untracked"]!.GetValue<int>()));
        Assert.Single(service.Apple.Journal.To("/assignments"), one => one.LocationUid == organization.Location.Uid);
        var runs = (await organization.GetAsync($"/vpp/tokens/{token}/syncs")).AsArray();
        Assert.Equal(["completed", "interrupted"], runs.Select(one => one!["outcome"]!.GetValue<string>()));
        Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from staged_assignments"));
    }
}
