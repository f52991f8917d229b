using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VppManager.Benchmarks;

/// <summary>A process of its own, listening on loopback, ended when disposed.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>The most memory it has ever had resident, as Linux counts it.</summary>
    public long PeakMebibytes
    {
        get
        {
            var line = File.ReadLines($"/proc/{process.Id}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return long.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
        }
    }

    public static async Task<ServerProcess> StartAsync(string assembly, string readyAt, IReadOnlyDictionary<string, string> settings, CancellationToken ct)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, assembly), "--urls", address.ToString()]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings) start.Environment[name] = value;

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var client = new HttpClient { BaseAddress = address };
        while (!await IsReadyAsync(client, readyAt, ct))
        {
            if (process.HasExited) throw new InvalidOperationException($"{assembly} ended instead of starting.");
            await Task.Delay(100, ct);
        }
        return new ServerProcess(process, address);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<bool> IsReadyAsync(HttpClient client, string path, CancellationToken ct)
    {
        try
        {
            using var answer = await client.GetAsync(path, ct);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
