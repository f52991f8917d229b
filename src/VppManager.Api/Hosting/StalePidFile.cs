namespace VppManager.Api.Hosting;

/// <summary>
/// After a crash postmaster.pid names a process that is gone. Where numbers start again (a restarted container) another program may
/// have that number now, and PostgreSQL would wait for it for ever.
/// </summary>
internal static class StalePidFile
{
    private const string Proc = "/proc";

    /// <summary>Takes the file away when the named process is not PostgreSQL and no PostgreSQL at all works in the folder.</summary>
    public static void Remove(PostgresFolder folder)
    {
        if (!OperatingSystem.IsLinux() || ReadPid(folder) is not { } pid) return;
        if (!System.IO.Directory.Exists($"{Proc}/{pid}") || IsPostgres(pid)) return;
        if (WorksIn(folder.Data)) return;

        File.Delete(folder.PidFile);
    }

    public static int? ReadPid(PostgresFolder folder)
    {
        try
        {
            return int.TryParse(File.ReadLines(folder.PidFile).FirstOrDefault(), out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static bool WorksIn(string data) => System.IO.Directory.GetDirectories(Proc)
        .Select(Path.GetFileName)
        .Any(name => int.TryParse(name, out var pid) && IsPostgres(pid) && Folder(pid) is { } works && works == data);

    private static bool IsPostgres(int pid) => Quietly(() => File.ReadAllText($"{Proc}/{pid}/comm").Trim() is "postgres" or "postmaster");

    private static string? Folder(int pid)
    {
        string? folder = null;
        Quietly(() => (folder = File.ResolveLinkTarget($"{Proc}/{pid}/cwd", returnFinalTarget: false)?.FullName) is not null);
        return folder;
    }

    // A process may end, or be somebody else's, between listing and reading.
    private static bool Quietly(Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
