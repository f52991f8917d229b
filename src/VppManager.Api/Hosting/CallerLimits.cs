using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using VppManager.Api.Access;

namespace VppManager.Api.Hosting;

/// <summary>
/// How much one caller, an application in a tenant, may ask for, on every instance. Off unless set; Intune itself takes 1,000 requests and
/// 100 writes in 20 seconds.
/// </summary>
internal sealed class CallerLimitOptions
{
    public const string Section = "CallerLimits";

    /// <summary>Requests in a window; 0: as many as there are.</summary>
    [System.ComponentModel.DataAnnotations.Range(0, int.MaxValue)]
    public int Requests { get; init; }

    /// <summary>Of these, requests that are no GET; 0: as many as there are.</summary>
    [System.ComponentModel.DataAnnotations.Range(0, int.MaxValue)]
    public int Writes { get; init; }

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(20);
}

internal static class CallerLimits
{
    public static void AddCallerLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<CallerLimitOptions>(CallerLimitOptions.Section);
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<CallerLimitOptions>>((limiter, limits) =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.OnRejected = RefuseAsync;
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                Limiter(limits.Value.Requests, limits.Value.Window, _ => true),
                Limiter(limits.Value.Writes, limits.Value.Window, http => !HttpMethods.IsGet(http.Request.Method)));
        });
    }

    /// <summary>After authentication: the limits are a caller's own.</summary>
    public static void UseCallerLimits(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<IOptions<CallerLimitOptions>>().Value;
        if (limits.Requests > 0 || limits.Writes > 0) app.UseRateLimiter();
    }

    private static PartitionedRateLimiter<HttpContext> Limiter(int most, TimeSpan window, Func<HttpContext, bool> counts) =>
        PartitionedRateLimiter.Create<HttpContext, string>(http => most == 0 || !counts(http) || http.CallerOrNull() is not { } caller
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetFixedWindowLimiter(
                $"{caller.TenantId}/{caller.ApplicationId ?? caller.ObjectId.ToString()}",
                _ => new FixedWindowRateLimiterOptions { PermitLimit = most, Window = window, QueueLimit = 0 }));

    private static ValueTask RefuseAsync(OnRejectedContext context, CancellationToken ct)
    {
        var http = context.HttpContext;
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return new ValueTask(StatusAnswers.WriteAsync(http, StatusCodes.Status429TooManyRequests,
            "Too many requests; wait as long as Retry-After says."));
    }
}
