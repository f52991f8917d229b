using System.Diagnostics;
using Npgsql;

namespace VppManager.Api.Hosting;

/// <summary>A PostgreSQL of our own on a unix socket: started from the machine's programs, or joined when another service of ours runs it.</summary>
internal sealed class PrivatePostgres : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AttachedGlance = TimeSpan.FromMilliseconds(500);

    private readonly PostgresFolder folder;
    private readonly PostgresProcess? process;

    private PrivatePostgres(PostgresFolder folder, PostgresProcess? process, int postmaster)
    {
        this.folder = folder;
        this.process = process;
        Postmaster = postmaster;
    }

    /// <summary>The process id of the server.</summary>
    public int Postmaster { get; }

    /// <summary>True when another process runs the server and we only use it.</summary>
    public bool Attached => process is null;

    public string ConnectionString => folder.ConnectionString;

    /// <summary>Joins the server of this folder, or makes and starts one; one launcher at a time.</summary>
    public static async Task<PrivatePostgres> LaunchAsync(PostgresFolder folder, CancellationToken ct)
    {
        var user = UnprivilegedUser.Needed();
        await folder.CreateAsync(user, ct);
        await using var turn = await TakeTurnAsync(folder, ct);

        if (await AnswersAsync(folder, ct) && StalePidFile.ReadPid(folder) is { } running)
        {
            await PostgresCluster.EnsureDatabaseAsync(folder, ct);
            return new PrivatePostgres(folder, process: null, running);
        }

        var binaries = PostgresBinaries.Find();
        if (!File.Exists(Path.Combine(folder.Data, "PG_VERSION"))) await PostgresCluster.InitializeAsync(binaries, folder, user, ct);
        StalePidFile.Remove(folder);

        var process = await StartAsync(binaries, folder, user, ct);
        await PostgresCluster.EnsureDatabaseAsync(folder, ct);
        return new PrivatePostgres(folder, process, process.Id);
    }

    /// <summary>Returns when the server is no longer there, whoever ended it.</summary>
    public async Task EndedAsync(CancellationToken ct)
    {
        if (process is not null)
        {
            await process.WaitForExitAsync(ct);
            return;
        }

        using var timer = new PeriodicTimer(AttachedGlance);
        while (await timer.WaitForNextTickAsync(ct))
        {
            if (StalePidFile.ReadPid(folder) != Postmaster || !await AnswersAsync(folder, ct)) return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null) return;

        if (!process.HasExited)
        {
            process.Interrupt();
            await process.WaitForExitAsync(CancellationToken.None);
        }

        process.Dispose();
    }

    private static async Task<PostgresProcess> StartAsync(string binaries, PostgresFolder folder, UnprivilegedUser? user, CancellationToken ct)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            PostgresLog.KeepShort(folder);
            var process = await PostgresProcess.StartAsync(Path.Combine(binaries, "postgres"), Arguments(folder), folder, user);
            if (await ComesUpAsync(process, folder, ct)) return process;

            process.Dispose();
            if (since.Elapsed > Patience || !PostgresLog.SaysPredecessorIsLeaving(folder)) throw PostgresLog.Refusal("PostgreSQL did not start", folder);
            await Task.Delay(10 * Glance, ct);
        }
    }

    // Recovery after a crash takes the time it takes: as long as the process lives, it is on its way.
    private static async Task<bool> ComesUpAsync(PostgresProcess process, PostgresFolder folder, CancellationToken ct)
    {
        try
        {
            while (!process.HasExited)
            {
                if (await AnswersAsync(folder, ct)) return true;
                await Task.Delay(Glance, ct);
            }

            return false;
        }
        catch (OperationCanceledException)
        {
            process.Interrupt();
            process.Dispose();
            throw;
        }
    }

    private static string[] Arguments(PostgresFolder folder) =>
    [
        "-D", folder.Data,
        "-k", folder.Sockets,
        "-c", "listen_addresses=",
        "-c", "unix_socket_permissions=0700",
        "-c", $"max_connections={PostgresFolder.MaxConnections}",
    ];

    private static async Task<FileStream> TakeTurnAsync(PostgresFolder folder, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(folder.Lock))
            {
                await Task.Delay(Glance, ct);
            }
        }
    }

    private static async Task<bool> AnswersAsync(PostgresFolder folder, CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(PostgresCluster.MaintenanceConnection(folder));
            await connection.OpenAsync(ct);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
