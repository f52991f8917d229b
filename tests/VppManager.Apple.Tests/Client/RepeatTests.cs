using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;
using VppManager.FakeApple;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.Apple.Tests.Client;

/// <summary>
/// A write whose answer was lost is not guessed to have happened or not: it is sent again, which is harmless. Each write is done, loses its answer,
/// and is done once more on a real connection; Apple then is as if it had been sent once.
/// </summary>
public sealed class RepeatTests : IAsyncDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly FakeAppleServer apple = FakeAppleServer.Start();
    private readonly FakeLocation north;
    private readonly ContentToken token;
    private readonly ServiceProvider services;

    public RepeatTests()
    {
        apple.Settings.EventDelay = TimeSpan.Zero;
        apple.Settings.EnforceRate = false;
        north = apple.AddLocation("North");
        north.AddAsset("1", 10);
        north.AddUsers("u-1", "u-2");
        north.Assign("1", ["HELD"], ["u-1"]);
        token = new ContentToken(north.IssueToken().VpptokenFile, north.Uid);
        var registration = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(TimeProvider.System).AddSingleton<IRequestPace, RecordingPace>().AddLogging();
        registration.AddAppleClient(options => options.BaseAddress = apple.BaseAddress);
        services = registration.BuildServiceProvider();
    }

    public static TheoryData<string> Writes => ["associate", "disassociate", "revoke", "create", "update", "retire", "config"];

    private AppleClient Client => services.GetRequiredService<AppleClient>();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await apple.DisposeAsync();
    }

    [Theory, MemberData(nameof(Writes))]
    public async Task Write_AnswerLostAndSentAgain_LeavesAppleAsIfSentOnce(string write)
    {
        apple.Faults.Next(write == "config" ? "client/config" : $"/{write}", 1, Fault.Dropped());
        var lost = await Assert.ThrowsAsync<AppleException>(() => SendAsync(write));
        Assert.Equal(AppleErrorMeaning.OutOfReach, lost.Meaning);
        await Eventually.TrueAsync(() => Happened(write));
        var (assignments, users) = (north.Assignments.ToList(), Users());

        var eventId = await SendAgainAsync(write);

        var failures = eventId is null ? [] : (await EndAsync(eventId)).Failures;
        Assert.All(failures, failure => Assert.Equal(AppleErrorMeaning.UserExists, failure.Meaning));
        Assert.Equal(write == "create", failures.Count > 0);
        Assert.Equal(assignments, north.Assignments);
        Assert.Equal(users, Users());
        Assert.Equal(2, apple.Journal.Count(entry => entry.Method == "POST"));
    }

    private Task<string?> SendAsync(string write)
    {
        var pairs = new ManageAssets([new("1")]) { SerialNumbers = write == "associate" ? ["NEW"] : ["HELD"] };
        return write switch
        {
            "associate" => EventAsync(Client.AssociateAsync(token, pairs, Ct)),
            "disassociate" => EventAsync(Client.DisassociateAsync(token, pairs, Ct)),
            "revoke" => EventAsync(Client.RevokeAsync(token, new RevokeAssets { SerialNumbers = ["HELD"] }, Ct)),
            "create" => EventAsync(Client.CreateUsersAsync(token, [new RequestUser("u-3")], Ct)),
            "update" => EventAsync(Client.UpdateUsersAsync(token, [new RequestUser("u-2") { Email = "kim@example.net" }], Ct)),
            "retire" => EventAsync(Client.RetireUsersAsync(token, ["u-1"], Ct)),
            _ => ConfigAsync(),
        };
    }

    /// <summary>Retiring whom Apple has retired already is refused as unknown: nothing is left to do.</summary>
    private async Task<string?> SendAgainAsync(string write)
    {
        if (write != "retire") return await SendAsync(write);

        var refused = await Assert.ThrowsAsync<AppleException>(() => SendAsync(write));
        Assert.Equal(AppleErrorMeaning.UnknownUser, refused.Meaning);
        return null;
    }

    private async Task<string?> ConfigAsync()
    {
        await Client.SetClientConfigAsync(token, new ClientConfigUpdate { MdmInfo = new Tokens.MdmInfo("m-1", "Ours", "") }, Ct);
        return null;
    }

    private static async Task<string?> EventAsync(Task<EventAccepted> accepted) => (await accepted).EventId;

    private bool Happened(string write) => write switch
    {
        "associate" => north.Assignments.Any(row => row.SerialNumber == "NEW"),
        "disassociate" or "revoke" => north.Assignments.All(row => row.SerialNumber != "HELD"),
        "create" => Users().Count == 3,
        "update" => Users().Exists(user => user.Contains("kim@example.net", StringComparison.Ordinal)),
        "retire" => north.Assignments.All(row => row.ClientUserId != "u-1"),
        _ => north.MdmInfo is { Id: "m-1" },
    };

    private List<string> Users() => [.. north.AllUsers.Select(user => $"{user.ClientUserId} {user.Email} {user.Status}")];

    private async Task<EventStatus> EndAsync(string eventId)
    {
        var status = await Client.GetStatusAsync(token, eventId, Ct);
        while (status.IsPending) status = await Client.GetStatusAsync(token, eventId, Ct);
        return status;
    }
}
