using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>
/// Looks for tokens that end soon or have ended (T9, T15). Runs in every instance, since each shows the metric; what is warned of is written
/// on the token first, so that one instance alone puts it into its log, once.
/// </summary>
internal sealed partial class ExpiryWatch : BackgroundService
{
    private readonly DbContextOptions<VppContext> database;
    private readonly NpgsqlDataSource source;
    private readonly TokenStates states;
    private readonly TokenOptions options;
    private readonly MetricsAccess metrics;
    private readonly TimeProvider time;
    private readonly ILogger<ExpiryWatch> logger;
    private readonly Meter meter = new("VppManager.Tokens");
    private volatile IReadOnlyList<Ending> known = [];

    public ExpiryWatch(
        DbContextOptions<VppContext> database, NpgsqlDataSource source, TokenStates states, IOptions<TokenOptions> options, MetricsAccess metrics,
        TimeProvider time, ILogger<ExpiryWatch> logger)
    {
        (this.database, this.source, this.states) = (database, source, states);
        (this.options, this.metrics, this.time, this.logger) = (options.Value, metrics, time, logger);
        meter.CreateObservableGauge("vpp.token.days_to_expiry", Measure, "d", "Days until a token ends");
    }

    /// <summary>Looks once.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        var all = new List<Ending>();
        foreach (var tenant in await Tenants.ActiveAsync(source, ct))
        {
            var tokens = await EndingsAsync(tenant, ct);
            foreach (var token in tokens) await LookAsync(token, ct);
            all.AddRange(tokens);
        }
        known = all;
    }

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.WatchEvery, time);
        do
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // The watch must outlive any fault, and must not take the service with it: it looks again at its next time.
                Log.NotLooked(logger, fault);
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<List<Ending>> EndingsAsync(Guid tenant, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        return await context.Tokens.Select(token => new Ending(tenant, token.Id, token.ExpiresAt, token.State, token.ExpiryWarned)).ToListAsync(ct);
    }

    private async Task LookAsync(Ending token, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (token.ExpiresAt <= now && token.State is not TokenState.Expired) await states.DecideAgainAsync(token.Tenant, token.Token, ct);
        if (TokenExpiry.WarningOf(token.ExpiresAt, now) is not { } warning || token.Warned <= warning.Threshold) return;

        // Only one of all instances changes the row.
        await using var context = new VppContext(database) { Tenant = token.Tenant };
        var changed = await context.Tokens
            .Where(row => row.Id == token.Token && row.ExpiresAt == token.ExpiresAt && (row.ExpiryWarned == null || row.ExpiryWarned > warning.Threshold))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.ExpiryWarned, warning.Threshold), ct);
        if (changed == 0) return;

        if (warning.Threshold == 0) Log.Ended(logger, token.Token, token.Tenant, token.ExpiresAt);
        else Log.EndsSoon(logger, token.Token, token.Tenant, token.ExpiresAt, warning.DaysLeft, warning.Threshold);
    }

    private IEnumerable<Measurement<double>> Measure()
    {
        var (now, tokens) = (time.GetUtcNow(), known);
        if (!metrics.NamesTenants) return tokens.Count == 0 ? [] : [new Measurement<double>((tokens.Min(token => token.ExpiresAt) - now).TotalDays)];

        return tokens.Select(token => new Measurement<double>(
            (token.ExpiresAt - now).TotalDays,
            new KeyValuePair<string, object?>("tenant", token.Tenant), new KeyValuePair<string, object?>("token", token.Token)));
    }

    private sealed record Ending(Guid Tenant, Guid Token, DateTimeOffset ExpiresAt, TokenState State, int? Warned);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Token {TokenId} of tenant {Tenant} ends at {ExpiresAt}: {DaysLeft} days are left (warning of {Threshold} days). Renew it.")]
        public static partial void EndsSoon(ILogger logger, Guid tokenId, Guid tenant, DateTimeOffset expiresAt, int daysLeft, int threshold);

        [LoggerMessage(2, LogLevel.Error, "Token {TokenId} of tenant {Tenant} has ended at {ExpiresAt}: nothing is licensed through it until it is renewed.")]
        public static partial void Ended(ILogger logger, Guid tokenId, Guid tenant, DateTimeOffset expiresAt);

        [LoggerMessage(3, LogLevel.Warning, "Tokens that end soon could not be looked for.")]
        public static partial void NotLooked(ILogger logger, Exception fault);
    }
}
