using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace VppManager.Api.Hosting;

/// <summary>Runs one of PostgreSQL's programs: not as root, apart from the terminal's Ctrl-C, and never longer than this process lives.</summary>
internal sealed class PostgresProcess : IDisposable
{
    private const int InterruptSignal = 2;
    private const string LogAndRun = "log=$1; shift; exec \"$@\" >>\"$log\" 2>&1 </dev/null";

    private static readonly string[] ToolFolders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    private readonly Process process;
    private readonly ManualResetEventSlim release;

    private PostgresProcess(Process process, ManualResetEventSlim release)
    {
        this.process = process;
        this.release = release;
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    public static async Task<PostgresProcess> StartAsync(string program, IReadOnlyList<string> arguments, PostgresFolder folder, UnprivilegedUser? user)
    {
        var start = StartInfo(program, arguments, folder, user);
        var release = new ManualResetEventSlim();
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);

        // Linux sends the parent-death signal when the *thread* that forked ends, so that thread waits as long as the program may run.
        new Thread(() => ForkAndWait(start, started, release)) { IsBackground = true, Name = "postgres-owner" }.Start();
        return new PostgresProcess(await started.Task, release);
    }

    public Task WaitForExitAsync(CancellationToken ct) => process.WaitForExitAsync(ct);

    /// <summary>Asks for PostgreSQL's fast shutdown: sessions are ended, what was committed is kept.</summary>
    public void Interrupt() => _ = Kill(process.Id, InterruptSignal);

    public void Dispose()
    {
        release.Set();
        process.Dispose();
    }

    private static void ForkAndWait(ProcessStartInfo start, TaskCompletionSource<Process> started, ManualResetEventSlim release)
    {
        try
        {
            started.SetResult(Process.Start(start)!);
        }
        catch (Win32Exception cause)
        {
            started.SetException(cause);
            return;
        }

        release.Wait();
    }

    private static ProcessStartInfo StartInfo(string program, IReadOnlyList<string> arguments, PostgresFolder folder, UnprivilegedUser? user)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", LogAndRun, "sh", folder.Log, .. StepDown(user), program, .. arguments])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
        };
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static IEnumerable<string> StepDown(UnprivilegedUser? user)
    {
        var setpriv = Find("setpriv");
        if (setpriv is null && user is not null)
        {
            throw new StartRefusedException("PostgreSQL does not run as root, and 'setpriv' (package util-linux) is not there to step down with.");
        }

        // A group of its own: Ctrl-C in the terminal reaches the service, and the service stops PostgreSQL after its last statement.
        if (Find("setsid") is { } setsid) yield return setsid;
        if (setpriv is null) yield break;

        yield return setpriv;
        if (user is not null)
        {
            yield return $"--reuid={user.Name}";
            yield return $"--regid={user.Group}";
            yield return "--clear-groups";
        }

        yield return "--pdeathsig=INT";
        yield return "--";
    }

    private static string? Find(string tool) =>
        ToolFolders.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
