using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Core;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>One instance of the service, in process, on a given database and a given Apple.</summary>
internal sealed class ServiceHost(string connectionString, string dataDirectory, Uri apple, IReadOnlyDictionary<string, string>? settings = null)
    : WebApplicationFactory<Program>
{
    private static readonly Dictionary<string, string> Quick = new()
    {
        ["Licensing:GatherFor"] = "00:00:00.05",
        ["Licensing:FirstPoll"] = "00:00:00.10",
        ["Licensing:PollEvery"] = "00:00:00.10",
        ["Licensing:TryAgainAfter"] = "00:00:00.50",
        ["Licensing:LookEvery"] = "00:00:01",
        ["Sync:SpreadOver"] = "00:00:00",
    };

    /// <summary>What it logged and refused.</summary>
    public LogKeeper Log { get; } = new();

    /// <summary>Addresses that the service called without anybody having planned it.</summary>
    public ConcurrentQueue<Uri> Unplanned { get; } = new();

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("ConnectionStrings:VppManager", connectionString);
        builder.UseSetting("Database:DataDirectory", dataDirectory);
        builder.UseSetting("Database:MigrateAtStart", "false");
        builder.UseSetting("Apple:BaseAddress", apple.ToString());
        foreach (var (name, value) in Quick) builder.UseSetting(name, value);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) builder.UseSetting(name, value);
        builder.ConfigureServices(services => services
            .AddSingleton<ILogEventSink>(Log)
            .ConfigureHttpClientDefaults(clients => clients.AddHttpMessageHandler(() => new OnlyToApple(Planned(), Unplanned))));
    }

    /// <summary>Apple, and the addresses in the settings.</summary>
    private HashSet<string> Planned() =>
    [
        apple.Authority,
        .. (settings ?? new Dictionary<string, string>()).Values.Select(text => Uri.TryCreate(text, UriKind.Absolute, out var address) ? address.Authority : "").Where(authority => authority.Length > 0),
    ];
}
