using System.Diagnostics;

namespace VppManager.Api.Hosting;

/// <summary>PostgreSQL refuses to run as root. Who it runs as instead, when we are root.</summary>
internal sealed record UnprivilegedUser(string Name, string Group)
{
    private static readonly string[] Candidates = ["postgres", "nobody"];

    /// <summary>Null when this process is not root and may run PostgreSQL itself.</summary>
    public static UnprivilegedUser? Needed()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return null;

        var users = File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length > 3).ToList();
        var found = Candidates.Select(name => users.Find(fields => fields[0] == name)).FirstOrDefault(fields => fields is not null)
            ?? throw new StartRefusedException("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' to run it as.");

        return new UnprivilegedUser(found[0], found[3]);
    }

    public async Task OwnAsync(string folder, CancellationToken ct)
    {
        using var chown = Process.Start("chown", ["-R", $"{Name}:{Group}", folder]);
        await chown.WaitForExitAsync(ct);
        if (chown.ExitCode != 0) throw new StartRefusedException($"The folder '{folder}' could not be given to the user '{Name}'.");
    }

    /// <summary>Whether the user can walk down to the folder: a home directory of root, for one, lets nobody pass.</summary>
    public static bool CanReach(string folder)
    {
        for (var parent = System.IO.Directory.GetParent(folder); parent is not null; parent = parent.Parent)
        {
            if (!OperatingSystem.IsWindows() && parent.Exists && (parent.UnixFileMode & UnixFileMode.OtherExecute) == 0) return false;
        }

        return true;
    }
}
