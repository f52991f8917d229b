using Microsoft.Extensions.Configuration;
using Npgsql;
using VppManager.Api.Hosting;

namespace VppManager.Api.Tests.Hosting;

public sealed class DatabaseRolesTests(RolesFixture fixture) : IClassFixture<RolesFixture>
{
    private readonly DatabaseConnections connections = fixture.Connections;

    [Fact]
    public async Task Application_ConnectionFromThePool_IsTheApplicationRoleAgain()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var source = NpgsqlDataSource.Create($"{connections.Application};Maximum Pool Size=1");
        await ExecuteAsync(source, "set role none; set application_name = 'left behind'", ct);

        var (user, name) = await ReadAsync(source, "select current_user::text, current_setting('application_name')", ct);

        Assert.Equal(DatabaseRoles.Application, user);
        Assert.Equal("VppManager", name);
    }

    [Fact]
    public async Task Application_TableOfTheOwner_IsUsedButNotOwned()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var owner = NpgsqlDataSource.Create(connections.Owner);
        await using var application = NpgsqlDataSource.Create(connections.Application);
        await ExecuteAsync(owner, "create table things (name text); alter table things enable row level security; alter table things force row level security", ct);
        await ExecuteAsync(owner, "insert into things values ('hidden')", ct);

        var (count, _) = await ReadAsync(application, "select count(*)::text, '' from things", ct);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(application, "drop table things", ct));

        Assert.Equal("0", count);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Ensure_ManyAtOnce_AllSucceed()
    {
        var ct = TestContext.Current.CancellationToken;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => DatabaseRoles.EnsureAsync(connections.Owner, ct)));

        await using var source = NpgsqlDataSource.Create(connections.Application);
        Assert.Equal((DatabaseRoles.Application, "false"), await ReadAsync(source, "select current_user::text, (select rolbypassrls or rolsuper from pg_roles where rolname = current_user)::text", ct));
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<(string, string)> ReadAsync(NpgsqlDataSource source, string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(ct);
        Assert.True(await reader.ReadAsync(ct));
        return (reader.GetString(0), reader.GetString(1));
    }
}

/// <summary>One server for the class.</summary>
public sealed class RolesFixture : IAsyncLifetime
{
    private readonly TemporaryFolder temporary = new();
    private PrivatePostgres server = null!;

    internal DatabaseConnections Connections { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var ct = TestContext.Current.CancellationToken;
        Connections = DatabaseConnections.From(new ConfigurationBuilder().AddInMemoryCollection([new("Database:DataDirectory", temporary.Path)]).Build());
        server = await PrivatePostgres.LaunchAsync(Connections.PrivateFolder!, ct);
        await DatabaseRoles.EnsureAsync(Connections.Owner, ct);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        temporary.Dispose();
    }
}
