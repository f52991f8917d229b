using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using VppManager.Api.Hosting;

namespace VppManager.Api.Tests.Hosting;

public sealed class PrivatePostgresKeeperTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();

    private PostgresFolder Folder => PostgresFolder.Under(temporary.Path);

    public void Dispose()
    {
        services.Dispose();
        temporary.Dispose();
    }

    [Fact]
    public async Task Keep_ServerKilled_LaunchesItAgain()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var keeper = NewKeeper();
        await keeper.StartAsync(Folder, ct);
        var killed = StalePidFile.ReadPid(Folder)!.Value;

        PrivatePostgresTests.Kill(killed);

        await Eventually.TrueAsync("another server answers", async () => await AnswersAsync(ct) && StalePidFile.ReadPid(Folder) != killed, ct);
    }

    [Fact]
    public async Task Keep_OtherServiceStopsItsServer_TakesOver()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var first = NewKeeper();
        await first.StartAsync(Folder, ct);
        await using var second = NewKeeper();
        await second.StartAsync(Folder, ct);
        var firsts = StalePidFile.ReadPid(Folder);

        await first.DisposeAsync();

        await Eventually.TrueAsync("the second runs a server", async () => await AnswersAsync(ct) && StalePidFile.ReadPid(Folder) != firsts, ct);
    }

    [Fact]
    public async Task Dispose_Twice_StopsTheServerOnce()
    {
        var ct = TestContext.Current.CancellationToken;
        var keeper = NewKeeper();
        await keeper.StartAsync(Folder, ct);

        await keeper.DisposeAsync();
        await keeper.DisposeAsync();

        Assert.False(await AnswersAsync(ct));
        Assert.False(File.Exists(Folder.PidFile));
    }

    private PrivatePostgresKeeper NewKeeper() => new(services, NullLogger<PrivatePostgresKeeper>.Instance);

    private async Task<bool> AnswersAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection($"{Folder.ConnectionString};Pooling=false");
            await connection.OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
