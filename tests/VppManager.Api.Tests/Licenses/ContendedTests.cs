using System.Net.Http.Json;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses;

/// <summary>Two instances of the service on one database.</summary>
public sealed class TwoInstances : ServiceFixture
{
    public TwoInstances(PostgresFixture postgres) : base(postgres) => Apple.Settings.Limits.MaxRequestPerSecond = 2000;

    protected override int Instances => 2;
}

public sealed class ContendedTests(TwoInstances service, ITestOutputHelper output) : IClassFixture<TwoInstances>
{
    private const int Rounds = 200;
    private const int Callers = 16;
    private const int Wishes = 500;
    private const int Seats = 100;

    [Fact]
    [Trait("Rule", "L4"), Trait("Rule", "L7")]
    public async Task Join_16CallersOnTwoInstances500WishesFor100Seats_Exactly100HoldInEveryRound()
    {
        var organization = service.Organization();
        for (var round = 0; round < Rounds; round++) organization.Location.AddAsset($"{2_000_000 + round}", Seats);
        await organization.UploadTokenAsync();
        var rounds = await PrepareAsync(organization);

        foreach (var round in rounds) await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => JoinAsync(organization, round.Group, caller)));

        for (var round = 0; round < Rounds; round++) await CheckAsync(organization, rounds[round].App, $"{2_000_000 + round}");
        output.WriteLine($"{Rounds} rounds of {Wishes} wishes by {Callers} callers on {service.Hosts.Count} instances: {Seats} seats each, never more");
    }

    /// <summary>The same devices wish in every round, each time for another app through another group.</summary>
    private async Task<List<(Guid App, string Group)>> PrepareAsync(Organization organization)
    {
        await organization.PostAsync("/vpp/directory/import", new
        {
            devices = Enumerable.Range(0, Wishes).Select(n => new { serialNumber = Serial(n), operatingSystem = "iPadOS" }),
            groups = Enumerable.Range(0, Rounds).Select(round => new { displayName = $"Round {round}" }),
        });
        var rounds = new List<(Guid, string)>();
        for (var round = 0; round < Rounds; round++)
        {
            var app = await organization.AppAsync($"{2_000_000 + round}");
            var group = await service.ScalarAsync<Guid>("select id from groups where tenant_id = $1 and display_name = $2", organization.Tenant, $"Round {round}");
            await organization.AssignAsync(app, group);
            rounds.Add((app, group.ToString()));
        }

        return rounds;
    }

    private async Task JoinAsync(Organization organization, string group, int caller)
    {
        var mine = Enumerable.Range(0, Wishes).Where(n => n % Callers == caller);
        using var client = service.Client(organization.Tenant, instance: caller % service.Hosts.Count);
        using var answer = await client.PostAsJsonAsync(
            "/vpp/directory/import", new { memberships = mine.Select(n => new { group, device = Serial(n) }) }, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task CheckAsync(Organization organization, Guid app, string adamId)
    {
        var figures = await Eventually.IsAsync(
            () => organization.LicensingAsync(app), one => one.Settled && one.Held + one.Waiting == Wishes, TimeSpan.FromMinutes(3));
        var counts = organization.Location.Asset(adamId).Counts;

        Assert.Equal((Seats, Wishes - Seats), (figures.Held, figures.Waiting));
        Assert.Equal((Seats, 0), (counts.Assigned, counts.Refused));
        Assert.False(counts.EverOversold);
    }

    private static string Serial(int n) => $"CT{n:D4}";
}
