using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;
using VppManager.FakeApple;
using VppManager.FakeApple.Tokens;

namespace VppManager.Apple.Tests.Client;

/// <summary>Users, from the client to the fake and back.</summary>
public sealed class UsersTests : IAsyncDisposable
{
    private readonly FakeAppleServer server = FakeAppleServer.Start();
    private readonly FakeLocation location;
    private readonly ContentToken token;
    private readonly ServiceProvider services;

    public UsersTests()
    {
        (server.Settings.EnforceRate, server.Settings.EventDelay, server.Settings.PageSize) = (false, TimeSpan.Zero, 2);
        location = server.AddLocation("North", "GB");
        token = new ContentToken(location.IssueToken().VpptokenFile, location.Uid);
        var registration = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging();
        registration.AddAppleClient(options => options.BaseAddress = server.BaseAddress);
        services = registration.BuildServiceProvider();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AppleClient Client => services.GetRequiredService<AppleClient>();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Read_UsersOfManyPages_AllOfThemOnce()
    {
        string[] ids = [.. Enumerable.Range(1, 7).Select(n => $"u-{n}")];
        location.AddUsers(ids);

        var pages = await ReadAsync(new UsersQuery { ActiveOnly = true });

        Assert.Equal([0, 1, 2, 3], pages.Select(page => page.Index));
        Assert.Equal(ids, pages.SelectMany(page => page.Rows).Select(user => user.ClientUserId));
    }

    [Fact]
    public async Task Read_SinceTheFirstPageOfAnEarlierWalk_WhatChangedAlone()
    {
        location.AddUsers(Enumerable.Range(1, 5).Select(n => $"u-{n}"));
        var before = await ReadAsync(new UsersQuery());
        location.AcceptInvitation("u-3", "someone@icloud.example");
        location.AddUsers("u-6");

        var changed = await ReadAsync(new UsersQuery { SinceVersionId = before[0].VersionId });

        Assert.Equal([("u-3", "Associated"), ("u-6", "Registered")], changed.SelectMany(page => page.Rows).Select(user => (user.ClientUserId, user.Status)).Order());
        Assert.Empty((await ReadAsync(new UsersQuery { SinceVersionId = changed[0].VersionId })).SelectMany(page => page.Rows));
    }

    [Fact]
    public async Task CreateUpdateRetire_OneUser_FollowedToTheEndOfEachEvent()
    {
        location.AddManagedAccounts("ann@corp.example");

        await EndAsync(await Client.CreateUsersAsync(token, [new RequestUser("u-1")], Ct), EventType.Create);
        var registered = Assert.Single(await OneAsync("u-1"));
        Assert.Equal((AppleUserStatus.Registered, 32), (registered.Status, registered.InviteCode?.Length));

        await EndAsync(await Client.UpdateUsersAsync(token, [new RequestUser("u-1") { ManagedAppleId = "ann@corp.example" }], Ct), EventType.Update);
        var associated = Assert.Single(await OneAsync("u-1"));
        Assert.Equal((AppleUserStatus.Associated, null), (associated.Status, associated.InviteCode));
        Assert.NotNull(associated.IdHash);

        await EndAsync(await Client.RetireUsersAsync(token, ["u-1"], Ct), EventType.Retire);
        Assert.Equal(AppleUserStatus.Retired, Assert.Single(await OneAsync("u-1")).Status);
        Assert.Empty((await ReadAsync(new UsersQuery { ActiveOnly = true })).SelectMany(page => page.Rows));
        Assert.Single((await ReadAsync(new UsersQuery { RetiredOnly = true })).SelectMany(page => page.Rows));
    }

    [Fact]
    public void Parse_StatusNobodyKnowsYet_KeptAsItIs()
    {
        var user = System.Text.Json.JsonSerializer.Deserialize("""{"users":[{"clientUserId":"u-1","status":"Suspended","more":1}],"versionId":"v"}""", AppleJson.Default.UsersPage)!.Users[0];

        Assert.Equal(("u-1", "Suspended"), (user.ClientUserId, user.Status));
    }

    private async Task<IReadOnlyList<AppleUser>> OneAsync(string id) => (await Client.GetUsersAsync(token, new UsersQuery { ClientUserId = id }, 0, Ct)).Users;

    private async Task<List<PageOf<AppleUser>>> ReadAsync(UsersQuery query)
    {
        var pages = new List<PageOf<AppleUser>>();
        await foreach (var page in services.GetRequiredService<PageWalk>().ReadUsersAsync(token, query, null, Ct)) pages.Add(page);
        return pages;
    }

    private async Task EndAsync(EventAccepted accepted, string type)
    {
        EventStatus status;
        do status = await Client.GetStatusAsync(token, accepted.EventId, Ct);
        while (status.IsPending);
        Assert.Equal((EventState.Complete, type), (status.State, status.EventType));
    }
}
