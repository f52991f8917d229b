using VppManager.Api.Directory;

namespace VppManager.Api.Tests.Directory;

public sealed class GroupTests(DirectoryFixture fixture) : IClassFixture<DirectoryFixture>
{
    private readonly DirectoryOfTenant directory = fixture.Tenant();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "L5")]
    public async Task CreateGroup_WithMembers_TheyJoinInTheOrderGiven()
    {
        var first = await directory.UserAsync("first@example.com");
        var second = await directory.UserAsync("second@example.com");
        var device = await directory.DeviceAsync("C02A");
        await directory.ForgetMarksAsync();

        var group = await directory.GroupAsync("Everybody", device.DirectoryObjectId, second, first);

        Assert.Equal([device.Id, second, first], await directory.MembersAsync(group));
        Assert.Equal([device.Id, second, first], await directory.MarkedMembersAsync());
    }

    [Fact]
    public async Task CreateGroup_OneMemberIsUnknown_CreatesNothing()
    {
        var user = await directory.UserAsync("ada@example.com");

        var outcome = await directory.CreateGroupAsync("Everybody", user, Guid.NewGuid());

        Assert.Equal("notFound", outcome.Error?.Code);
        Assert.Empty(await directory.ColumnAsync<Guid>("select id from groups where tenant_id = $1"));
    }

    [Fact]
    public async Task PatchGroup_MoreThanTwentyMembers_IsRefused()
    {
        var group = await directory.GroupAsync("Everybody");

        var outcome = await directory.DoAsync(context => new PatchGroup(context).ExecuteAsync(
            directory.Caller, group, new GroupValues(), [.. Enumerable.Range(0, 21).Select(_ => Guid.NewGuid())], Ct));

        Assert.Equal("invalidValue", outcome.Error?.Code);
    }

    [Fact]
    public async Task PatchGroup_NewNameAndMember_HasBoth()
    {
        var group = await directory.GroupAsync("Everybody");
        var user = await directory.UserAsync("ada@example.com");

        var outcome = await directory.DoAsync(context =>
            new PatchGroup(context).ExecuteAsync(directory.Caller, group, new GroupValues { DisplayName = "All", Description = "All of us" }, [user], Ct));

        Assert.Equal(("All", "All of us"), (outcome.Value?.DisplayName, outcome.Value?.Description));
        Assert.Equal([user], await directory.MembersAsync(group));
    }

    [Fact]
    public async Task AddMember_DeviceByAnyOfItsIds_IsTheSameMember()
    {
        var device = await directory.DeviceAsync("C02A");
        var group = await directory.GroupAsync("Everybody");

        var added = await directory.AddAsync(group, device.AzureAdDeviceId);
        var again = await directory.AddAsync(group, device.DirectoryObjectId);

        Assert.True(added.IsOk);
        Assert.Equal("memberExists", again.Error?.Code);
        Assert.Equal([device.Id], await directory.MembersAsync(group));
    }

    [Fact]
    public async Task AddMember_GroupThatContainsTheGroup_IsRefused()
    {
        var inner = await directory.GroupAsync("Inner");
        var middle = await directory.GroupAsync("Middle", inner);
        var outer = await directory.GroupAsync("Outer", middle);

        var cycle = await directory.AddAsync(inner, outer);
        var itself = await directory.AddAsync(inner, inner);

        Assert.Equal("groupCycle", cycle.Error?.Code);
        Assert.Equal("groupCycle", itself.Error?.Code);
        Assert.Empty(await directory.MembersAsync(inner));
    }

    [Fact]
    public async Task AddMember_TwoGroupsIntoEachOtherAtOnce_OneIsRefused()
    {
        for (var round = 0; round < 5; round++)
        {
            var one = await directory.GroupAsync("One");
            var other = await directory.GroupAsync("Other");

            var outcomes = await Task.WhenAll(directory.AddAsync(one, other), directory.AddAsync(other, one));

            Assert.Equal(["groupCycle"], outcomes.Where(outcome => !outcome.IsOk).Select(outcome => outcome.Error!.Code));
        }
    }

    [Fact]
    [Trait("Rule", "A7")]
    public async Task AddMember_GroupWithinAnAssignedGroup_MarksThePool()
    {
        var inner = await directory.GroupAsync("Inner");
        var outer = await directory.GroupAsync("Outer");
        var pool = await directory.AssignedPoolAsync(outer);

        await directory.AddAsync(outer, inner);

        Assert.Equal([pool], await directory.MarkedPoolsAsync());
    }

    [Fact]
    [Trait("Rule", "A7")]
    public async Task RemoveMember_IsMember_IsMarkedAndGone()
    {
        var user = await directory.UserAsync("ada@example.com");
        var group = await directory.GroupAsync("Everybody", user);
        await directory.ForgetMarksAsync();

        var removed = await directory.RemoveAsync(group, user);
        var again = await directory.RemoveAsync(group, user);

        Assert.True(removed.IsOk);
        Assert.Equal("notFound", again.Error?.Code);
        Assert.Equal([user], await directory.MarkedMembersAsync());
        Assert.Empty(await directory.MembersAsync(group));
    }

    [Fact]
    public async Task DeleteGroup_IsAssignedAndNested_MarksThePoolAndLeavesNoTrace()
    {
        var user = await directory.UserAsync("ada@example.com");
        var group = await directory.GroupAsync("Everybody", user);
        var outer = await directory.GroupAsync("Outer", group);
        var pool = await directory.AssignedPoolAsync(group);

        var deleted = await directory.DoAsync(context => new DeleteGroup(context).ExecuteAsync(directory.Caller, group, Ct));

        Assert.True(deleted.IsOk);
        Assert.Equal([pool], await directory.MarkedPoolsAsync());
        Assert.Empty(await directory.MembersAsync(outer));
        Assert.Empty(await directory.ColumnAsync<Guid>("select id from assignments where tenant_id = $1"));
        Assert.Equal([user], await directory.ColumnAsync<Guid>("select id from users where tenant_id = $1"));
    }
}
