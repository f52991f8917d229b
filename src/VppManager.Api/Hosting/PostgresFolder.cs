using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace VppManager.Api.Hosting;

/// <summary>Where a private PostgreSQL keeps its files and its socket. Worked out from the data directory alone, so every service on it agrees.</summary>
internal sealed record PostgresFolder(string Home, string Sockets)
{
    public const string OwnerRole = "vpp_owner";
    public const string Database = "vppmanager";
    public const int MaxConnections = 200;

    // sun_path holds 107 bytes, and PostgreSQL appends "/.s.PGSQL.5432.lock".
    private const int LongestSocketFolder = 85;
    private const string RootsOwn = "/var/lib/vppmanager";

    public string Data => Path.Combine(Home, "data");

    public string Log => Path.Combine(Home, "postgres.log");

    public string Lock => Path.Combine(Home, "launch.lock");

    public string PidFile => Path.Combine(Data, "postmaster.pid");

    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = Sockets,
        Username = OwnerRole,
        Database = Database,
        ApplicationName = "VppManager",
    }.ConnectionString;

    public static PostgresFolder Under(string dataDirectory)
    {
        var home = Path.Combine(Path.GetFullPath(dataDirectory), "postgres");
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            // Only root can make a folder in RootsOwn, so nobody can have put one there before us.
            var own = Path.Combine(RootsOwn, Digest(home));
            if (!UnprivilegedUser.CanReach(home)) return new PostgresFolder(own, own);

            return new PostgresFolder(home, IsShort(home) ? home : own);
        }

        return new PostgresFolder(home, IsShort(home) ? home : Path.Combine(Path.GetTempPath(), $"vppmanager-{Environment.UserName}-{Digest(home)}"));
    }

    /// <summary>Makes the folders, for their owner alone; that fails where somebody else made them first.</summary>
    public async Task CreateAsync(UnprivilegedUser? user, CancellationToken ct)
    {
        foreach (var folder in new[] { Home, Sockets }.Distinct())
        {
            System.IO.Directory.CreateDirectory(folder);
            if (user is not null) await user.OwnAsync(folder, ct);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static bool IsShort(string folder) => Encoding.UTF8.GetByteCount(folder) <= LongestSocketFolder;

    private static string Digest(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..12];
}
