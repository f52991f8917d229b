using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>The service as a process of its own, that can be killed without warning.</summary>
internal sealed class ServiceProcess : IDisposable
{
    private readonly Process process;

    private ServiceProcess(Process process) => this.process = process;

    /// <summary>A port that nothing listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="log">Keeps what it writes.</param>
    public static async Task<ServiceProcess> StartAsync(int port, IReadOnlyDictionary<string, string> settings, LogKeeper log)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add($"http://127.0.0.1:{port}");
        foreach (var (name, value) in settings) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => log.Keep(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => log.Keep(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Eventually.IsAsync(() => IsReadyAsync(client, process), ready => ready, TimeSpan.FromMinutes(3));
        return new ServiceProcess(process);
    }

    /// <summary>As <c>kill -9</c> does: the process has no say in it.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, Process process)
    {
        Assert.False(process.HasExited, "The service ended instead of starting.");
        try
        {
            using var answer = await client.GetAsync("/healthz/ready", TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
