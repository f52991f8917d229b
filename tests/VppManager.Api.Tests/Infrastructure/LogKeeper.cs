using System.Buffers;
using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;
using VppManager.FakeApple;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>Keeps what an instance logs, and what it answers when it refuses or fails.</summary>
internal sealed class LogKeeper : ILogEventSink
{
    private const int Most = 200_000;
    private readonly ConcurrentQueue<string> lines = new();

    public IEnumerable<string> Lines => lines;

    public IEnumerable<string> Errors => lines.Where(line => line.StartsWith(nameof(LogEventLevel.Error), StringComparison.Ordinal));

    public void Emit(LogEvent logEvent) =>
        Keep($"{logEvent.Level} {logEvent.RenderMessage()} {string.Join(' ', logEvent.Properties)} {logEvent.Exception}");

    public void Keep(string line)
    {
        if (lines.Count < Most) lines.Enqueue(line);
    }

    /// <summary>The lines that give a secret away. Told by their beginnings: the message of a failure must not give it away too.</summary>
    public static List<string> Leaks(IEnumerable<string> lines, IEnumerable<string> secrets)
    {
        var searched = SearchValues.Create([.. secrets.Where(secret => secret.Length > 0).Distinct()], StringComparison.Ordinal);
        return [.. lines.Where(line => line.AsSpan().ContainsAny(searched)).Select(line => line[..Math.Min(60, line.Length)])];
    }

    /// <summary>All secrets that the fake Apple service has ever given out or been told.</summary>
    public static IEnumerable<string> SecretsOf(FakeAppleServer apple) => apple.Locations.SelectMany(location => location.Tokens
        .SelectMany(token => new[] { token.VpptokenFile, token.Secret })
        .Concat(location.SecretsEver));
}

/// <summary>Keeps the bodies of refusals and failures.</summary>
internal sealed class KeepErrors(LogKeeper log) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode) log.Keep(await answer.Content.ReadAsStringAsync(cancellationToken));
        return answer;
    }
}
