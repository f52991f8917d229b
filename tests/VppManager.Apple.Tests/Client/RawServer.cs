using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace VppManager.Apple.Tests.Client;

/// <summary>A loopback listener that answers each connection's one request with the next of its raw answers, then hangs up.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> requests = new();
    private readonly Task serving;

    public RawServer(params string[] answers)
    {
        listener.Start();
        serving = ServeAsync(answers);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    /// <summary>The requests other than those for the service config, headers and body.</summary>
    public IReadOnlyList<string> Requests => [.. requests];

    public static string Answer(string body, string status = "200 OK", string headers = "", int? claimed = null) =>
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\n{headers}Content-Length: {claimed ?? body.Length}\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task ServeAsync(string[] answers)
    {
        while (true)
        {
            using var connection = await listener.AcceptTcpClientAsync(stop.Token);
            var request = await ReadAsync(connection.GetStream());
            var answer = Answer("{}");
            if (!request.Contains("service/config", StringComparison.Ordinal))
            {
                answer = answers[Math.Min(requests.Count, answers.Length - 1)];
                requests.Enqueue(request);
            }
            await connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(answer), stop.Token);
        }
    }

    private async Task<string> ReadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (!IsWhole(text.ToString()))
            text.Append(Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, stop.Token)));
        return text.ToString();
    }

    private static bool IsWhole(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return false;

        var length = request.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null || request.Length - end - 4 >= int.Parse(length.AsSpan(15), System.Globalization.CultureInfo.InvariantCulture);
    }
}
