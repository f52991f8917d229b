using System.Text;
using Npgsql;
using VppManager.Api.Access;
using VppManager.Api.Apps;
using VppManager.Api.Assignments;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Api.Tokens;
using VppManager.Core;
using VppManager.Core.Assignments;
using Assignment = VppManager.Api.Assignments.Assignment;

namespace VppManager.Api.Tests.Directory;

/// <summary>The operations for one tenant, and what they leave in the tables.</summary>
internal sealed class DirectoryOfTenant(DirectoryFixture fixture, Guid tenant)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Guid Tenant => tenant;

    public Caller Caller { get; } = new(tenant, Guid.CreateVersion7(), "admin@example.com", null, new HashSet<string>(), new HashSet<Guid>(), false);

    /// <summary>Every operation works on a context of its own, as requests do.</summary>
    public async Task<T> DoAsync<T>(Func<VppContext, Task<T>> operation)
    {
        await using var context = fixture.Context();
        return await operation(context);
    }

    public Task<Outcome<DirectoryUser>> CreateUserAsync(string name) =>
        DoAsync(context => new CreateUser(context, TimeProvider.System).ExecuteAsync(Caller, new UserValues { UserPrincipalName = name }, Ct));

    public Task<Outcome<Group>> CreateGroupAsync(string name, params Guid[] members) =>
        DoAsync(context => new CreateGroup(context, TimeProvider.System).ExecuteAsync(Caller, new GroupValues { DisplayName = name }, members, Ct));

    public Task<Outcome<Enrolled>> EnrolAsync(DeviceValues values) =>
        DoAsync(context => new EnrolDevice(context, TimeProvider.System).ExecuteAsync(Caller, values, Ct));

    public Task<Outcome<Done>> AddAsync(Guid group, Guid member) => DoAsync(context => new AddMember(context).ExecuteAsync(Caller, group, member, Ct));

    public Task<Outcome<Done>> RemoveAsync(Guid group, Guid member) => DoAsync(context => new RemoveMember(context).ExecuteAsync(Caller, group, member, Ct));

    public Task<Outcome<ImportCounts>> ImportAsync(string json) => ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    public Task<Outcome<ImportCounts>> ImportAsync(Stream body) => DoAsync(context =>
        new ImportDirectory(context, TimeProvider.System).ExecuteAsync(Caller, new ImportStream(body).RowsAsync(Ct), Ct));

    public async Task<Guid> UserAsync(string name) => (await CreateUserAsync(name)).Value!.Id;

    public async Task<Guid> GroupAsync(string name, params Guid[] members) => (await CreateGroupAsync(name, members)).Value!.Id;

    public async Task<Device> DeviceAsync(string serialNumber, Guid? user = null) =>
        (await EnrolAsync(new DeviceValues { SerialNumber = serialNumber, UserId = user, OperatingSystem = "iPadOS" })).Value!.Device;

    /// <summary>Members in the order in which they joined.</summary>
    public Task<List<Guid>> MembersAsync(Guid group) =>
        ColumnAsync<Guid>("select member_id from group_members where tenant_id = $1 and group_id = $2 order by joined", group);

    public Task<List<Guid>> MarkedMembersAsync() => ColumnAsync<Guid>("select member_id from marks where tenant_id = $1 and member_id is not null order by id");

    public Task<List<Guid>> MarkedPoolsAsync() => ColumnAsync<Guid>("select distinct pool_id from marks where tenant_id = $1 and pool_id is not null");

    public Task ForgetMarksAsync() => ColumnAsync<Guid>("delete from marks where tenant_id = $1");

    public async Task<List<T>> ColumnAsync<T>(string sql, params object[] values)
    {
        await using var command = fixture.Owner.CreateCommand(sql);
        foreach (var value in (object[])[tenant, .. values]) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(Ct)) rows.Add(reader.GetFieldValue<T>(0));
        return rows;
    }

    /// <summary>An app assigned to the group; its pool.</summary>
    public Task<Guid> AssignedPoolAsync(Guid group) => DoAsync(async context =>
    {
        await using var transaction = await context.BeginAsync(tenant, Ct);
        var location = new Location { Id = Guid.CreateVersion7(), UId = Guid.NewGuid().ToString() };
        var token = new Token { Id = Guid.CreateVersion7(), LocationId = location.Id, ProtectedSecret = "secret" };
        var pool = new Pool { Id = Guid.CreateVersion7(), LocationId = location.Id, AdamId = "1", PricingParam = "STDQ", ProductType = "App" };
        var app = new App { Id = Guid.CreateVersion7(), TokenId = token.Id, PoolId = pool.Id };
        var assignment = new Assignment { Id = Guid.CreateVersion7(), AppId = app.Id, GroupId = group, Intent = Intent.Required };
        foreach (var row in (object[])[location, token, pool, app, assignment]) context.Entry(context.Add(row).Entity).Property(TenantDbContext.TenantColumn).CurrentValue = tenant;
        await context.SaveChangesAsync(Ct);
        await transaction.CommitAsync(Ct);
        return pool.Id;
    });
}
