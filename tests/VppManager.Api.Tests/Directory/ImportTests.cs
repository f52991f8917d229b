using System.Text.Json;
using VppManager.Api.Directory;
using VppManager.Core;

namespace VppManager.Api.Tests.Directory;

public sealed class ImportTests(DirectoryFixture fixture) : IClassFixture<DirectoryFixture>
{
    private const string Office = """
        {
          "users": [{ "userPrincipalName": "ada@example.com", "displayName": "Ada" }, { "userPrincipalName": "bob@example.com" }],
          "devices": [{ "serialNumber": "C02A", "userPrincipalName": "ada@example.com", "operatingSystem": "iPadOS" }, { "serialNumber": "C02B" }],
          "groups": [{ "displayName": "Office" }, { "displayName": "Company" }],
          "memberships": [
            { "group": "Office", "device": "C02B" }, { "group": "Office", "user": "bob@example.com" }, { "group": "Office", "user": "ada@example.com" },
            { "group": "Company", "memberGroup": "Office" }]
        }
        """;

    private readonly DirectoryOfTenant directory = fixture.Tenant();

    [Fact]
    [Trait("Rule", "L5")]
    public async Task Import_NewDirectory_MembersJoinInTheOrderOfTheImport()
    {
        var counts = await ImportAsync(Office);

        Assert.Equal(new ImportCounts(new(2, 0), new(2, 0), new(2, 0), new(4, 0)), counts);
        Assert.Equal(["C02B", "bob@example.com", "ada@example.com"], await MembersOfAsync("Office"));
        Assert.Equal(["ada@example.com"], await directory.ColumnAsync<string>(
            "select u.user_principal_name from devices d join users u on u.tenant_id = $1 and u.id = d.user_id where d.tenant_id = $1 and d.serial_number = 'C02A'"));
    }

    [Fact]
    public async Task Import_SameAgain_ChangesNothingAndMarksNothing()
    {
        await ImportAsync(Office);
        await directory.AssignedPoolAsync((await directory.ColumnAsync<Guid>("select id from groups where tenant_id = $1 and display_name = 'Office'"))[0]);
        await directory.ForgetMarksAsync();

        var counts = await ImportAsync(Office);

        Assert.Equal(new ImportCounts(new(0, 0), new(0, 0), new(0, 0), new(0, 0)), counts);
        Assert.Empty(await directory.MarkedMembersAsync());
        Assert.Empty(await directory.MarkedPoolsAsync());
    }

    [Fact]
    public async Task Import_PropertyIsLeftOut_StaysAsItWas()
    {
        await ImportAsync(Office);

        var counts = await ImportAsync("""{ "users": [{ "userPrincipalName": "ada@example.com", "surname": "Byron" }, { "userPrincipalName": "bob@example.com" }] }""");

        Assert.Equal(new ImportCount(0, 1), counts.Users);
        Assert.Equal(["Ada Byron"], await directory.ColumnAsync<string>(
            "select display_name || ' ' || surname from users where tenant_id = $1 and user_principal_name = 'ada@example.com'"));
    }

    [Fact]
    [Trait("Rule", "L18")]
    public async Task Import_OnlyWhatDecidesAboutLicences_IsMarked()
    {
        await ImportAsync(Office);
        await directory.ForgetMarksAsync();

        await ImportAsync("""
            {
              "users": [{ "userPrincipalName": "ada@example.com", "surname": "Byron" }, { "userPrincipalName": "bob@example.com", "accountEnabled": false }],
              "devices": [{ "serialNumber": "C02A", "osVersion": "26.1" }]
            }
            """);

        Assert.Equal(await directory.ColumnAsync<Guid>("select id from users where tenant_id = $1 and not account_enabled"), await directory.MarkedMembersAsync());
    }

    [Fact]
    public async Task Import_DeviceGetsAnotherUser_MarksTheDeviceAndBothUsers()
    {
        await ImportAsync(Office);
        await directory.ForgetMarksAsync();

        await ImportAsync("""{ "devices": [{ "serialNumber": "C02A", "userPrincipalName": "bob@example.com" }] }""");

        var expected = await directory.ColumnAsync<Guid>(
            "select id from users where tenant_id = $1 union all select id from devices where tenant_id = $1 and serial_number = 'C02A'");
        Assert.Equal(expected.Order(), (await directory.MarkedMembersAsync()).Order());
    }

    [Theory]
    [InlineData("""{ "groups": [{ "displayName": "Office", "replaceMembers": true }], "memberships": [{ "group": "Office", "user": "ada@example.com" }] }""")]
    [InlineData("""{ "mode": "replaceMembers", "groups": [{ "displayName": "Office" }], "memberships": [{ "group": "Office", "user": "ada@example.com" }] }""")]
    public async Task Import_GroupReplacesItsMembers_TheOthersLeave(string replacing)
    {
        await ImportAsync(Office);
        await directory.ForgetMarksAsync();

        var counts = await ImportAsync(replacing);

        Assert.Equal(new MemberCount(0, 2), counts.Members);
        Assert.Equal(["ada@example.com"], await MembersOfAsync("Office"));
        Assert.Equal(2, (await directory.MarkedMembersAsync()).Count);
    }

    [Fact]
    public async Task Import_ManyMembersChange_MarksPoolsInsteadOfThem()
    {
        var group = await directory.GroupAsync("Fleet");
        var pool = await directory.AssignedPoolAsync(group);
        var serialNumbers = Enumerable.Range(0, 1500).Select(n => $"SN{n:0000}").Reverse().ToList();

        var counts = await ImportAsync(JsonSerializer.Serialize(new
        {
            devices = serialNumbers.Select(serialNumber => new { serialNumber }),
            memberships = serialNumbers.Select(device => new { group = group.ToString(), device }),
        }));

        Assert.Equal(new MemberCount(1500, 0), counts.Members);
        Assert.Equal([pool], await directory.MarkedPoolsAsync());
        Assert.Empty(await directory.MarkedMembersAsync());
        Assert.Equal(serialNumbers, await MembersOfAsync("Fleet"));
    }

    [Theory]
    [InlineData("""{ "users": [{ "userPrincipalName": "eve@example.com" }, { "userPrincipalName": "eve@example.com" }] }""", "users[1]")]
    [InlineData("""{ "users": [{ "userPrincipalName": "eve@example.com" }, { "displayName": "Nameless" }] }""", "users[1].userPrincipalName")]
    [InlineData("""{ "users": [{ "userPrincipalName": "eve@example.com", "accountEnabled": "yes" }] }""", "users[0].accountEnabled")]
    [InlineData("""{ "users": [{ "userPrincipalName": "eve@example.com", "shoeSize": 38 }] }""", "users[0].shoeSize")]
    [InlineData("""{ "users": [{ "userPrincipalName": "eve@example.com" }], "devices": [{ "serialNumber": "X", "ownerType": "mine" }] }""", "devices[0].ownerType")]
    [InlineData("""{ "users": [{ "userPrincipalName": "eve@example.com" }], "devices": [{ "serialNumber": "X", "userPrincipalName": "zoe" }] }""", "devices[0]")]
    [InlineData("""{ "users": [{ "userPrincipalName": "eve@example.com" }], "memberships": [{ "group": "None", "user": "eve@example.com" }] }""", "memberships[0].group")]
    [InlineData("""{ "users": [{ "userPrincipalName": "eve@example.com" }], "nonsense": [] }""", "nonsense")]
    [InlineData("""{ "users": [{ "userPrincipalName": "eve@example.com" }""", "users[1]")]
    public async Task Import_OneRowIsWrong_SaysWhichAndStoresNothing(string json, string property)
    {
        var outcome = await directory.ImportAsync(json);

        Assert.Equal("invalidValue", outcome.Error?.Code);
        Assert.Contains($"'{property}'", outcome.Error?.Message, StringComparison.Ordinal);
        Assert.Empty(await directory.ColumnAsync<Guid>("select id from users where tenant_id = $1"));
    }

    [Fact]
    public async Task Import_GroupsWithinEachOther_IsRefused()
    {
        await ImportAsync(Office);

        var outcome = await directory.ImportAsync("""{ "memberships": [{ "group": "Office", "memberGroup": "Company" }] }""");

        Assert.Equal("groupCycle", outcome.Error?.Code);
    }

    [Fact]
    public async Task Import_NameBelongsToAnotherId_IsRefused()
    {
        await ImportAsync(Office);

        var outcome = await directory.ImportAsync($$"""{ "users": [{ "id": "{{Guid.NewGuid()}}", "userPrincipalName": "ada@example.com" }] }""");

        Assert.Equal("alreadyExists", outcome.Error?.Code);
    }

    [Fact]
    public async Task Import_TwoUsersSwapTheirNames_BothHaveTheOther()
    {
        await ImportAsync(Office);
        var ada = (await directory.ColumnAsync<Guid>("select id from users where tenant_id = $1 and user_principal_name = 'ada@example.com'"))[0];
        var bob = (await directory.ColumnAsync<Guid>("select id from users where tenant_id = $1 and user_principal_name = 'bob@example.com'"))[0];

        var counts = await ImportAsync(
            $$"""{ "users": [{ "id": "{{ada}}", "userPrincipalName": "bob@example.com" }, { "id": "{{bob}}", "userPrincipalName": "ada@example.com" }] }""");

        Assert.Equal(new ImportCount(0, 2), counts.Users);
        Assert.Equal([bob], await directory.ColumnAsync<Guid>("select id from users where tenant_id = $1 and user_principal_name = 'ada@example.com'"));
    }

    [Fact]
    public async Task Import_ComesInSmallPieces_ReadsTheSame()
    {
        await using var pieces = new SmallPieces(System.Text.Encoding.UTF8.GetBytes(Office));

        var outcome = await directory.ImportAsync(pieces);

        Assert.Equal(new ImportCounts(new(2, 0), new(2, 0), new(2, 0), new(4, 0)), outcome.Value);
    }

    [Fact]
    public async Task Import_RowWithoutEnd_IsRefusedBeforeItFillsTheMemory()
    {
        var endless = "{ \"users\": [{ \"displayName\": \"" + new string('x', 1_000_000);

        var outcome = await directory.ImportAsync(endless);

        Assert.Contains("too long", outcome.Error?.Message, StringComparison.Ordinal);
    }

    private async Task<ImportCounts> ImportAsync(string json)
    {
        var outcome = await directory.ImportAsync(json);
        Assert.True(outcome.IsOk, outcome.Error?.Message);
        return outcome.Value;
    }

    private Task<List<string>> MembersOfAsync(string group) => directory.ColumnAsync<string>("""
        select coalesce(u.user_principal_name, d.serial_number)
        from groups g join group_members gm on gm.tenant_id = $1 and gm.group_id = g.id
        left join users u on u.tenant_id = $1 and u.id = gm.member_id
        left join devices d on d.tenant_id = $1 and d.id = gm.member_id
        where g.tenant_id = $1 and g.display_name = $2 order by gm.joined
        """, group);

    /// <summary>Gives three bytes at a time, as a slow sender might.</summary>
    private sealed class SmallPieces(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 3)], cancellationToken);
    }
}
