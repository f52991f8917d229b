using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Security;
using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple;

/// <summary>Apple's App and Book Management API, faked, on an address of its own.</summary>
public sealed class FakeAppleServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, FakeLocation> _locations = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly AppleHost _host;
    private int _tag;

    private FakeAppleServer(string url)
    {
        Clock = new FakeClock();
        Settings = new FakeSettings();
        Developers = new Developers(Clock);
        Tokens = new TokenRegistry(Clock, Settings);
        Http = new HttpClient(WebhookHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        Stopping = _stop.Token;
        _host = new AppleHost(this, url);
    }

    /// <summary>Where it listens, without a path; Apple's addresses are below <c>/mdm/v2/</c>, the control interface below <c>/fake/</c>.</summary>
    public Uri BaseAddress => _host.Address;

    public FakeClock Clock { get; }

    public FakeSettings Settings { get; }

    public FaultScript Faults { get; } = new();

    public RequestJournal Journal { get; } = new();

    public Store Store { get; } = new();

    /// <summary>Whose keys the newer catalogue takes.</summary>
    public Developers Developers { get; }

    public IReadOnlyList<FakeLocation> Locations => [.. _locations.Values.OrderBy(location => location.Uid, StringComparer.Ordinal)];

    internal TokenRegistry Tokens { get; }

    internal HttpClient Http { get; }

    internal CancellationToken Stopping { get; }

    /// <summary>Starts on loopback; port 0 takes a free one.</summary>
    public static FakeAppleServer Start(int port = 0) => Start(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    public static FakeAppleServer Start(string url) => new(url);

    /// <summary>Makes a location; without <paramref name="uid"/> it gets one of 16 digits.</summary>
    public FakeLocation AddLocation(
        string name, string country = "US", string? uid = null, string defaultPlatform = "enterprisestore", bool managedByApple = false)
    {
        var tag = Interlocked.Increment(ref _tag);
        uid ??= (2_049_000_000_000_000 + Random.Shared.NextInt64(1_000_000_000_000)).ToString(CultureInfo.InvariantCulture);
        var location = new FakeLocation(this, uid, tag)
        {
            Name = name,
            Country = country,
            DefaultPlatform = defaultPlatform,
            ManagedByApple = managedByApple,
        };
        if (!_locations.TryAdd(uid, location)) throw new ArgumentException($"There is a location {uid} already.", nameof(uid));

        return location;
    }

    /// <exception cref="KeyNotFoundException">There is no such location.</exception>
    public FakeLocation Location(string uid) =>
        FindLocation(uid) ?? throw new KeyNotFoundException($"There is no location {uid}.");

    public FakeLocation? FindLocation(string uid) => _locations.GetValueOrDefault(uid);

    /// <summary>Finds a token by the content of its file.</summary>
    public FakeToken? FindToken(string vpptokenFile) => Tokens.FromFile(vpptokenFile);

    public FakeToken? FindToken(Guid id) => Tokens.Find(id);

    /// <summary>Forgets locations, tokens, products, faults and the journal; settings and clock stay.</summary>
    public void Reset()
    {
        _locations.Clear();
        Tokens.Clear();
        Store.Clear();
        Faults.Clear();
        Journal.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _host.Dispose();
        Http.Dispose();
        _stop.Dispose();
    }

    /// <summary>Receivers in tests have certificates of their own making.</summary>
    private static bool IsLoopback(object stream) => stream is SslStream { TargetHostName: "localhost" or "127.0.0.1" };

    private static SocketsHttpHandler WebhookHandler() => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (stream, _, _, errors) => errors == SslPolicyErrors.None || IsLoopback(stream) },
    };
}
