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
    private const int Rounds = 100;
    private const int RoundsAtOnce = 25;
    private const int Callers = 16;
    private const int Wishes = 500;
    private const int Seats = 100;

    [Fact]
    [Trait("Rule", "L4"), Trait("Rule", "L7")]
    public async Task Join_16CallersOnTwoInstances500WishesFor100Seats_Exactly100HoldInEveryRound()
    {
        var organization = service.Organization();
        for (var round = 0; round < Rounds; round++) organization.Location.AddAsset(AdamId(round), Seats);
        await organization.UploadTokenAsync();
        var apps = await PrepareAsync(organization);

        foreach (var rounds in Enumerable.Range(0, Rounds).Chunk(RoundsAtOnce))
        {
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => JoinAsync(organization, rounds, caller)));
            foreach (var round in rounds) await CheckAsync(organization, apps[round], AdamId(round));
        }
        output.WriteLine($"{Rounds} rounds of {Wishes} wishes by {Callers} callers on {service.Hosts.Count} instances: {Seats} seats each, never more");
    }

    /// <summary>Each round has an app and a group of its own.</summary>
    private async Task<List<Guid>> PrepareAsync(Organization organization)
    {
        await organization.PostAsync("/vpp/directory/import", new { groups = Enumerable.Range(0, Rounds).Select(round => new { displayName = Group(round) }) });
        var apps = new List<Guid>();
        for (var round = 0; round < Rounds; round++)
        {
            apps.Add(await organization.AppAsync(AdamId(round)));
            var group = await service.ScalarAsync<Guid>("select id from groups where tenant_id = $1 and display_name = $2", organization.Tenant, Group(round));
            await organization.AssignAsync(apps[round], group);
        }

        return apps;
    }

    /// <summary>Each caller enrols its own devices and wishes for them, in several rounds at once.</summary>
    private async Task JoinAsync(Organization organization, int[] rounds, int caller)
    {
        var mine = rounds.SelectMany(round => Enumerable.Range(0, Wishes).Where(n => n % Callers == caller), (round, n) => (Round: round, Serial: $"CT{round:D3}{n:D3}"));
        using var client = service.Client(organization.Tenant, instance: caller % service.Hosts.Count);
        using var answer = await client.PostAsJsonAsync("/vpp/directory/import", new
        {
            devices = mine.Select(one => new { serialNumber = one.Serial, operatingSystem = "iPadOS" }),
            memberships = mine.Select(one => new { group = Group(one.Round), device = one.Serial }),
        }, TestContext.Current.CancellationToken);
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

    private static string AdamId(int round) => $"{2_000_000 + round}";

    private static string Group(int round) => $"Round {round}";
}
