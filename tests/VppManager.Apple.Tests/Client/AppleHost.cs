using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using VppManager.Apple.Tokens;

namespace VppManager.Apple.Tests.Client;

/// <summary>The client as a product registers it, over a scripted Apple, with everything it logs kept.</summary>
internal sealed class AppleHost : IAsyncDisposable
{
    public const string Secret = "c2VjcmV0LW9mLXRoZS1sb2NhdGlvbg==";

    private readonly ServiceProvider services;

    public AppleHost(ScriptedApple apple, TimeProvider? time = null, Action<AppleOptions>? configure = null, IRequestPace? pace = null)
    {
        var registration = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton(time ?? TimeProvider.System)
            .AddSingleton(pace ?? Pace)
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        registration.AddAppleClient(options =>
        {
            options.BaseAddress = new Uri("https://apple.example");
            options.AttemptTimeout = StepClock.Attempt;
            options.TotalTimeout = StepClock.Total;
            options.RetryDelay = time is null ? TimeSpan.FromMilliseconds(1) : TimeSpan.FromSeconds(1);
            configure?.Invoke(options);
        }).ConfigurePrimaryHttpMessageHandler(() => apple);
        services = registration.BuildServiceProvider();
    }

    public AppleClient Client => services.GetRequiredService<AppleClient>();

    public PageWalk Walk => services.GetRequiredService<PageWalk>();

    public ServiceConfigCache Limits => services.GetRequiredService<ServiceConfigCache>();

    public RecordingPace Pace { get; } = new();

    public ListLogs Logs { get; } = new();

    public static ContentToken Token(string location = "2049") => new(Secret, location);

    /// <summary>Whatever was tested, no log line may hold the token.</summary>
    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Assert.DoesNotContain(Logs.Lines, line => line.Text.Contains(Secret, StringComparison.Ordinal));
    }
}

internal sealed class RecordingPace : IRequestPace
{
    private readonly ConcurrentQueue<(string Key, int PermitsPerSecond)> asked = new();
    private readonly ConcurrentQueue<(string Key, TimeSpan Wait)> held = new();
    private readonly ConcurrentQueue<RequestPermit> answered = new();

    public IReadOnlyList<(string Key, int PermitsPerSecond)> Asked => [.. asked];

    public IReadOnlyList<(string Key, TimeSpan Wait)> Held => [.. held];

    /// <summary>Permits that were given back, numbered as they were asked for.</summary>
    public IReadOnlyList<long> Answered => [.. answered.Select(permit => permit.Until.Ticks)];

    public ValueTask<RequestPermit> WaitAsync(string key, int permitsPerSecond, TimeSpan atMost, CancellationToken ct)
    {
        asked.Enqueue((key, permitsPerSecond));
        return ValueTask.FromResult(new RequestPermit(new DateTime(asked.Count, DateTimeKind.Utc)));
    }

    public ValueTask AnsweredAsync(string key, RequestPermit permit, CancellationToken ct)
    {
        answered.Enqueue(permit);
        return ValueTask.CompletedTask;
    }

    public ValueTask HoldAsync(string key, TimeSpan wait, CancellationToken ct)
    {
        held.Enqueue((key, wait));
        return ValueTask.CompletedTask;
    }
}

internal sealed class ListLogs : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();

    public IReadOnlyList<(LogLevel Level, string Text)> Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((logLevel, formatter(state, exception) + exception));

    public void Dispose()
    {
    }
}
