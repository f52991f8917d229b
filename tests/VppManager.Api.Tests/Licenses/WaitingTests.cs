using Npgsql;
using VppManager.Api.Tests.Infrastructure;
using VppManager.FakeApple.Licenses;

namespace VppManager.Api.Tests.Licenses;

/// <summary>Those for whom there is no seat, and what Apple refuses.</summary>
public sealed class WaitingTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    [Trait("Rule", "L6"), Trait("Rule", "L5")]
    public async Task Buy_ThenSync_ThoseWhoWaitedAreServedInTheOrderOfTheirPlaces()
    {
        var (organization, token) = await WithAssetAsync("6000001", 2);
        var app = await AssignAsync(organization, "6000001", ["WA0003", "WA0001", "WA0006", "WA0002", "WA0004", "WA0005"]);
        Assert.Equal(4, (await organization.HeldAsync(app, 2)).Waiting);
        Assert.Equal(["WA0001", "WA0003"], organization.SerialsAtApple("6000001"));

        organization.Location.Buy("6000001", 3);
        await organization.SyncAsync(token);
        var figures = await organization.HeldAsync(app, 5);

        Assert.Equal(1, figures.Waiting);
        Assert.Equal(["WA0001", "WA0002", "WA0003", "WA0004", "WA0006"], organization.SerialsAtApple("6000001"));
        Assert.Equal("noLicensesLeft", (await organization.LicenseAsync(app, "WA0005")).Reason);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L5")]
    public async Task Assign_WhileALaterMemberIsLookedAt_TheOneWhoJoinedFirstIsServed()
    {
        var (organization, _) = await WithAssetAsync("6000071", 1);
        var (app, group) = (await organization.AppAsync("6000071"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, Serials("WH", 2));
        await organization.AssignAsync(app, group, "uninstall");
        await organization.HeldAsync(app, 0);
        var last = await service.ScalarAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = 'WH0002'", organization.Tenant);

        await WhileSettlingWaitsAsync(organization, "", () => organization.PatchAsync($"/vpp/devices/{last}", new { model = "iPad14,1" }), () => organization.AssignAsync(app, group));

        Assert.Equal(1, (await organization.HeldAsync(app, 1)).Waiting);
        Assert.Equal(["WH0001"], organization.SerialsAtApple("6000071"));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L5")]
    public async Task Join_OneByItselfThenAGroupOfAnother_ServedAsTheyCameToBeEntitled()
    {
        var (organization, _) = await WithAssetAsync("6000081", 2);
        var (app, outer, inner) = (await organization.AppAsync("6000081"), await organization.GroupAsync("Outer"), await organization.GroupAsync("Inner"));
        var (first, alone) = (await organization.DeviceAsync("WI0001"), await organization.DeviceAsync("WI0002"));
        await organization.JoinAsync(inner, await organization.DeviceAsync("WI0003"));
        await organization.JoinAsync(outer, first);
        await organization.AssignAsync(app, outer);
        await organization.HeldAsync(app, 1);

        await WhileSettlingWaitsAsync(organization, "", () => organization.PatchAsync($"/vpp/devices/{first}", new { model = "iPad14,1" }), async () =>
        {
            await organization.JoinAsync(outer, alone);
            await organization.JoinAsync(outer, inner);
        });

        Assert.Equal(1, (await organization.HeldAsync(app, 2)).Waiting);
        Assert.Equal(["WI0001", "WI0002"], organization.SerialsAtApple("6000081"));
    }

    [Fact]
    [Trait("Rule", "L6"), Trait("Rule", "L4")]
    public async Task Join_WhenASeatHasJustComeFree_WhoWaitedIsServedAndTheNewcomerWaits()
    {
        var (organization, _) = await WithAssetAsync("6000091", 1);
        var (app, group) = (await organization.AppAsync("6000091"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, Serials("WJ", 2));
        await organization.AssignAsync(app, group);
        Assert.Equal(1, (await organization.HeldAsync(app, 1)).Waiting);
        var late = await organization.DeviceAsync("WJ0000");
        organization.Location.Buy("6000091", 1);

        await WhileSettlingWaitsAsync(organization, "update pools set total = 2 where tenant_id = $1", () => organization.JoinAsync(group, late), () => Task.CompletedTask);

        Assert.Equal(1, (await organization.HeldAsync(app, 2)).Waiting);
        Assert.Equal(Serials("WJ", 2), organization.SerialsAtApple("6000091"));
        Assert.Equal(["waiting"], (await organization.LedgerAsync((await organization.LicenseAsync(app, "WJ0000")).Id)).Select(line => line.ToState));
        await service.AssertWholeAsync(organization);
    }

    [Theory]
    [Trait("Rule", "S5"), Trait("Rule", "L4"), Trait("Rule", "L6")]
    [InlineData(ExhaustionPolicy.PerBatch, "6000011")]
    [InlineData(ExhaustionPolicy.PerTarget, "6000012")]
    [InlineData(ExhaustionPolicy.WholeEvent, "6000013")]
    public async Task Assign_AnotherSystemTookSeatsMeanwhile_CountsCorrectedAndTheRestWaits(ExhaustionPolicy policy, string adamId)
    {
        service.Apple.Settings.Exhaustion = policy;
        var (organization, _) = await WithAssetAsync(adamId, 10);
        organization.Location.Assign(adamId, Serials("FOREIGN", 8));

        var app = await AssignAsync(organization, adamId, Serials("WB", 5));
        var figures = await organization.HeldAsync(app, 10);

        Assert.Equal((10, 3, 0), (figures.Total, figures.Waiting, figures.Failed));
        Assert.Equal(2, organization.SerialsAtApple(adamId).Count(serial => serial.StartsWith("WB", StringComparison.Ordinal)));
        var licenses = await organization.LicensesAsync(app);
        Assert.Equal(8, licenses.Count(one => !one.Tracked && one.State == "held"));
        Assert.All(licenses.Where(one => one.State == "waiting"), one => Assert.Equal("noLicensesLeft", one.Reason));
        Assert.False(organization.Location.Asset(adamId).Counts.EverOversold);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "S5")]
    public async Task Sync_AppleDoesNotKnowALicenceOfOurs_CorrectedAndGivenAgain()
    {
        var (organization, token) = await WithAssetAsync("6000021", 5);
        var app = await AssignAsync(organization, "6000021", Serials("WC", 2));
        await organization.HeldAsync(app, 2);
        organization.Location.Unassign("6000021", ["WC0001"]);

        await organization.SyncAsync(token);
        await organization.HeldAsync(app, 2);

        Assert.Equal(Serials("WC", 2), organization.SerialsAtApple("6000021"));
        var ledger = await organization.LedgerAsync((await organization.LicenseAsync(app, "WC0001")).Id);
        Assert.Contains(ledger, line => line is { ToState: "waiting", Cause: "sync", Reason: "unknownToApple" });
        Assert.Equal(1, (await organization.GetAsync($"/vpp/tokens/{token}/sync"))["corrected"]!.GetValue<int>());
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L7")]
    public async Task Assign_TwoGroupsTwoAssignmentsAndAgain_EachHolderTakesOneLicence()
    {
        var (organization, token) = await WithAssetAsync("6000031", 10);
        var (first, second) = (await organization.GroupAsync("First"), await organization.GroupAsync("Second"));
        await organization.ImportDevicesAsync(first, Serials("WD", 3));
        await organization.ImportDevicesAsync(second, Serials("WD", 3));
        var app = await organization.AppAsync("6000031");
        var both = new { mobileAppAssignments = new[] { Organization.Assignment(first), Organization.Assignment(second) } };

        foreach (var _ in Enumerable.Range(0, 3)) await organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/assign", both);
        await organization.HeldAsync(app, 3);
        await organization.SyncAsync(token);
        await organization.HeldAsync(app, 3);

        Assert.Equal(Serials("WD", 3), organization.SerialsAtApple("6000031"));
        Assert.Equal(3, organization.Location.Asset("6000031").Counts.MostAssigned);
    }

    [Fact]
    [Trait("Rule", "L6"), Trait("Rule", "L23")]
    public async Task Event_RefusedForGood_FailsWithApplesReasonAndTheSeatGoesToTheNext()
    {
        var (organization, token) = await WithAssetAsync("6000041", 1);
        organization.Location.FailEvents(1, 9707);

        var app = await AssignAsync(organization, "6000041", Serials("WE", 2));
        var figures = await organization.HeldAsync(app, 1);

        Assert.Equal((1, 0), (figures.Failed, figures.Waiting));
        Assert.Equal(["WE0002"], organization.SerialsAtApple("6000041"));
        Assert.Equal("apple:9707", (await organization.LicenseAsync(app, "WE0001")).Reason);
        organization.Location.Buy("6000041", 5);
        await organization.SyncAsync(token);
        Assert.Equal(1, (await organization.HeldAsync(app, 1)).Failed);
        await organization.AssignAgainAsync((await organization.LicenseAsync(app, "WE0001")).Id);
        Assert.Equal(0, (await organization.HeldAsync(app, 2)).Failed);
        await service.AssertWholeAsync(organization);
    }

    [Theory]
    [Trait("Rule", "L4")]
    [InlineData(9603, "6000051")]
    [InlineData(9644, "6000052")]
    [InlineData(9729, "6000053")]
    public async Task Event_FailedForAFaultOfApplesThatPasses_SentAgainAndNobodyFails(int error, string adamId)
    {
        var (organization, _) = await WithAssetAsync(adamId, 5);
        organization.Location.FailEvents(2, error);

        var app = await AssignAsync(organization, adamId, Serials("WF", 3));
        var figures = await organization.HeldAsync(app, 3);

        Assert.Equal((0, 0), (figures.Failed, figures.Waiting));
        Assert.Equal(Serials("WF", 3), organization.SerialsAtApple(adamId));
    }

    [Fact]
    [Trait("Rule", "L21")]
    public async Task Release_FailedForAFaultOfApplesThatPasses_SentAgainAndTakenBack()
    {
        var (organization, _) = await WithAssetAsync("6000061", 5);
        var app = await AssignAsync(organization, "6000061", Serials("WG", 3));
        await organization.HeldAsync(app, 3);
        organization.Location.FailEvents(2, 9603);

        await organization.RevokeAsync(app, "revokeAllLicenses");
        await organization.HeldAsync(app, 0);

        Assert.Empty(organization.Location.Assignments);
    }

    /// <summary>Whoever settles what <paramref name="first"/> changed waits for the pool until <paramref name="meanwhile"/> and <paramref name="sql"/> are done.</summary>
    private async Task WhileSettlingWaitsAsync(Organization organization, string sql, Func<Task> first, Func<Task> meanwhile)
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await service.Owner.OpenConnectionAsync(ct);
        await using var hold = await connection.BeginTransactionAsync(ct);
        foreach (var text in (string[])["select 1 from pools where tenant_id = $1 for update", .. sql.Length > 0 ? [sql] : Array.Empty<string>()])
        {
            await using var command = new NpgsqlCommand(text, connection, hold) { Parameters = { new() { Value = organization.Tenant } } };
            await command.ExecuteNonQueryAsync(ct);
        }

        await first();
        await Eventually.IsAsync(() => service.ScalarAsync<bool>(
            "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')"), isWaiting => isWaiting);
        await meanwhile();
        await hold.CommitAsync(ct);
    }

    private static IEnumerable<string> Serials(string prefix, int count) => Enumerable.Range(1, count).Select(n => $"{prefix}{n:D4}");

    private async Task<(Organization Organization, Guid Token)> WithAssetAsync(string adamId, int licenses)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, licenses);
        return (organization, await organization.UploadTokenAsync());
    }

    private static async Task<Guid> AssignAsync(Organization organization, string adamId, IEnumerable<string> serials)
    {
        var (app, group) = (await organization.AppAsync(adamId), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, serials);
        await organization.AssignAsync(app, group);
        return app;
    }
}
