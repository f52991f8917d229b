using System.Diagnostics;
using Npgsql;
using VppManager.Api.Hosting;

namespace VppManager.Api.Tests.Hosting;

public sealed class PrivatePostgresTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();

    private PostgresFolder Folder => PostgresFolder.Under(temporary.Path);

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task Launch_NothingThere_MakesAServerAndItsDatabase()
    {
        var ct = TestContext.Current.CancellationToken;

        await using var server = await PrivatePostgres.LaunchAsync(Folder, ct);

        Assert.False(server.Attached);
        Assert.Equal(PostgresFolder.Database, await ScalarAsync("select current_database()", ct));
    }

    [Fact]
    public async Task Launch_StoppedBefore_KeepsWhatWasCommitted()
    {
        var ct = TestContext.Current.CancellationToken;
        await using (await PrivatePostgres.LaunchAsync(Folder, ct)) await ScalarAsync("create table kept as select 7 as seven", ct);

        await using var server = await PrivatePostgres.LaunchAsync(Folder, ct);

        Assert.Equal(7, await ScalarAsync("select seven from kept", ct));
    }

    [Fact]
    public async Task Launch_ServerKilled_RecoversWhatWasCommitted()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var first = await PrivatePostgres.LaunchAsync(Folder, ct);
        await ScalarAsync("create table kept as select 7 as seven", ct);

        Kill(first.Postmaster);
        await first.EndedAsync(ct);
        await using var second = await PrivatePostgres.LaunchAsync(Folder, ct);

        Assert.NotEqual(first.Postmaster, second.Postmaster);
        Assert.Equal(7, await ScalarAsync("select seven from kept", ct));
    }

    [Fact]
    public async Task Launch_TwiceOnOneFolder_SecondUsesTheFirstsServer()
    {
        var ct = TestContext.Current.CancellationToken;

        var both = await Task.WhenAll(PrivatePostgres.LaunchAsync(Folder, ct), PrivatePostgres.LaunchAsync(Folder, ct));

        Assert.Single(both, server => server.Attached);
        Assert.Equal(both[0].Postmaster, both[1].Postmaster);
        foreach (var server in both.OrderByDescending(server => server.Attached)) await server.DisposeAsync();
    }

    [Fact]
    public async Task Launch_InitializationBrokenOff_StartsOver()
    {
        var ct = TestContext.Current.CancellationToken;
        var halfDone = System.IO.Directory.CreateDirectory(Path.Combine(Folder.Home, "data.broken-off"));
        await File.WriteAllTextAsync(Path.Combine(halfDone.FullName, "PG_VERSION"), "15", ct);

        await using var server = await PrivatePostgres.LaunchAsync(Folder, ct);

        Assert.False(halfDone.Exists && System.IO.Directory.Exists(halfDone.FullName));
        Assert.Equal(1, await ScalarAsync("select 1", ct));
    }

    [Fact]
    public async Task Launch_PidFileNamesAnotherProgram_IsNotMisled()
    {
        var ct = TestContext.Current.CancellationToken;
        await using (await PrivatePostgres.LaunchAsync(Folder, ct)) Assert.True(File.Exists(Folder.PidFile));
        await File.WriteAllTextAsync(Folder.PidFile, $"{Environment.ProcessId}\n{Folder.Data}\n1\n5432\n\n\n", ct);

        await using var server = await PrivatePostgres.LaunchAsync(Folder, ct);

        Assert.Equal(1, await ScalarAsync("select 1", ct));
    }

    [Fact]
    public async Task Launch_PathTooLongForASocket_UsesAShortFolder()
    {
        var ct = TestContext.Current.CancellationToken;
        var deep = PostgresFolder.Under(Path.Combine(temporary.Path, new string('d', 90)));

        await using var server = await PrivatePostgres.LaunchAsync(deep, ct);

        Assert.NotEqual(deep.Home, deep.Sockets);
        Assert.Equal(1, await ScalarAsync("select 1", deep, ct));
        System.IO.Directory.Delete(deep.Sockets, recursive: true);
    }

    [Fact]
    public void Find_NoProgramsAnywhere_NamesThePackages()
    {
        var refused = Assert.Throws<StartRefusedException>(() => PostgresBinaries.FindIn([null, "", temporary.Path]));

        Assert.Contains("ConnectionStrings__VppManager", refused.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install postgresql", refused.Message, StringComparison.Ordinal);
        Assert.Contains("PG_BIN", refused.Message, StringComparison.Ordinal);
    }

    internal static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    private Task<object?> ScalarAsync(string sql, CancellationToken ct) => ScalarAsync(sql, Folder, ct);

    private static async Task<object?> ScalarAsync(string sql, PostgresFolder folder, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection($"{folder.ConnectionString};Pooling=false");
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }
}
