namespace VppManager.Api.Hosting;

/// <summary>Finds a folder with PostgreSQL's server programs: <c>PG_BIN</c>, where packages put them, then the path.</summary>
internal static class PostgresBinaries
{
    // Debian and Alpine, Red Hat, then Homebrew: one folder a version.
    private static readonly (string Parent, string Pattern, string Below)[] VersionedHomes =
    [
        ("/usr/lib/postgresql", "*", "bin"),
        ("/usr/libexec", "postgresql*", ""),
        ("/usr", "pgsql-*", "bin"),
        ("/opt/homebrew/opt", "postgresql*", "bin"),
        ("/usr/local/opt", "postgresql*", "bin"),
        ("/home/linuxbrew/.linuxbrew/opt", "postgresql*", "bin"),
    ];

    public const string Missing =
        "No PostgreSQL was found. Set ConnectionStrings__VppManager to use a running one, or install the server's programs "
        + "for a private one: 'apt-get install postgresql' (Debian, Ubuntu), 'dnf install postgresql-server' (Fedora, Red Hat), "
        + "'apk add postgresql setpriv setsid' (Alpine), 'brew install postgresql' (macOS). PG_BIN names a folder that holds initdb and postgres.";

    public static string Find() =>
        FindIn([Environment.GetEnvironmentVariable("PG_BIN"), .. Installed(), .. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')]);

    public static string FindIn(IEnumerable<string?> folders) =>
        folders.FirstOrDefault(Holds) ?? throw new StartRefusedException(Missing);

    private static bool Holds(string? folder) =>
        folder is { Length: > 0 } && File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres"));

    private static IEnumerable<string> Installed() =>
        from home in VersionedHomes
        where System.IO.Directory.Exists(home.Parent)
        from folder in System.IO.Directory.GetDirectories(home.Parent, home.Pattern).OrderByDescending(Version)
        select Path.Combine(folder, home.Below);

    private static int Version(string folder) =>
        int.TryParse(string.Concat(Path.GetFileName(folder).Where(char.IsAsciiDigit)), out var version) ? version : 0;
}
