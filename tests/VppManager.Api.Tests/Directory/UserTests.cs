using VppManager.Api.Directory;

namespace VppManager.Api.Tests.Directory;

public sealed class UserTests(DirectoryFixture fixture) : IClassFixture<DirectoryFixture>
{
    private readonly DirectoryOfTenant directory = fixture.Tenant();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateUser_NameIsTaken_IsRefusedInThisTenantAlone()
    {
        var first = await directory.UserAsync("ada@example.com");

        var second = await directory.CreateUserAsync("ada@example.com");
        var elsewhere = await fixture.Tenant().CreateUserAsync("ada@example.com");

        Assert.Equal("alreadyExists", second.Error?.Code);
        Assert.True(elsewhere.IsOk);
        Assert.Equal([first], await directory.MarkedMembersAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a da@example.com")]
    [InlineData("a\0da@example.com")]
    public async Task CreateUser_NameIsNoName_NamesTheProperty(string name)
    {
        var outcome = await directory.CreateUserAsync(name);

        Assert.Equal("invalidValue", outcome.Error?.Code);
        Assert.Contains("'userPrincipalName'", outcome.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "L18")]
    public async Task PatchUser_AccountIsDisabled_MarksTheUser()
    {
        var user = await directory.UserAsync("ada@example.com");
        await directory.ForgetMarksAsync();

        var patched = await PatchAsync(user, new UserValues { AccountEnabled = false });

        Assert.False(patched.AccountEnabled);
        Assert.Equal([user], await directory.MarkedMembersAsync());
        Assert.Equal(["admin@example.com"], await directory.ColumnAsync<string>("select actor from marks where tenant_id = $1"));
    }

    [Fact]
    public async Task PatchUser_OnlyNamesChange_KeepsTheRestAndMarksNobody()
    {
        var user = await directory.UserAsync("ada@example.com");
        await PatchAsync(user, new UserValues { Mail = "ada@mail.example.com", Surname = "Byron" });
        await directory.ForgetMarksAsync();

        var patched = await PatchAsync(user, new UserValues { DisplayName = "Ada", Surname = null });

        Assert.Equal(("Ada", null, "ada@mail.example.com"), (patched.DisplayName, patched.Surname, patched.Mail));
        Assert.Empty(await directory.MarkedMembersAsync());
    }

    [Fact]
    public async Task PatchUser_NameOfAnother_IsRefused()
    {
        await directory.UserAsync("ada@example.com");
        var user = await directory.UserAsync("bob@example.com");

        var outcome = await directory.DoAsync(context =>
            new PatchUser(context, TimeProvider.System).ExecuteAsync(directory.Caller, user, new UserValues { UserPrincipalName = "ada@example.com" }, Ct));

        Assert.Equal("alreadyExists", outcome.Error?.Code);
        Assert.Contains("'ada@example.com'", outcome.Error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "L18")]
    public async Task DeleteUser_HasDevicesAndMemberships_MarksAllOfThemAndLeavesDevices()
    {
        var user = await directory.UserAsync("ada@example.com");
        var device = await directory.DeviceAsync("C02ADA", user);
        var group = await directory.GroupAsync("Everybody", user);
        await directory.ForgetMarksAsync();

        var deleted = await directory.DoAsync(context => new DeleteUser(context, TimeProvider.System).ExecuteAsync(directory.Caller, user, Ct));

        Assert.True(deleted.IsOk);
        Assert.Equal([user, device.Id], await directory.MarkedMembersAsync());
        Assert.Empty(await directory.MembersAsync(group));
        Assert.Equal([device.Id], await directory.ColumnAsync<Guid>("select id from devices where tenant_id = $1 and user_id is null"));
    }

    [Fact]
    [Trait("Rule", "G5")]
    public async Task DeleteUser_OfAnotherTenant_IsNotFound()
    {
        var user = await fixture.Tenant().UserAsync("ada@example.com");

        var outcome = await directory.DoAsync(context => new DeleteUser(context, TimeProvider.System).ExecuteAsync(directory.Caller, user, Ct));

        Assert.Equal("notFound", outcome.Error?.Code);
    }

    private async Task<DirectoryUser> PatchAsync(Guid user, UserValues values)
    {
        var outcome = await directory.DoAsync(context => new PatchUser(context, TimeProvider.System).ExecuteAsync(directory.Caller, user, values, Ct));
        Assert.True(outcome.IsOk, outcome.Error?.Message);
        return outcome.Value;
    }
}
