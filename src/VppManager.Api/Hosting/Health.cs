using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace VppManager.Api.Hosting;

/// <summary><c>/healthz/live</c>: the process answers. <c>/healthz/ready</c>: it can serve. Checks tagged <see cref="Ready"/> decide the second.</summary>
internal static class Health
{
    public const string Ready = "ready";

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/healthz/live", Options(_ => false)).AllowAnonymous();
        app.MapHealthChecks("/healthz/ready", Options(check => check.Tags.Contains(Ready))).AllowAnonymous();
    }

    private static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> which) => new()
    {
        Predicate = which,
        ResponseWriter = (context, report) => context.Response.WriteAsJsonAsync(Answer.Of(report), context.RequestAborted),
    };

    private sealed record Answer(string Status, IReadOnlyDictionary<string, Check> Checks)
    {
        public static Answer Of(HealthReport report) => new(
            report.Status.ToString(),
            report.Entries.ToDictionary(entry => entry.Key, entry => new Check(entry.Value.Status.ToString(), entry.Value.Description)));
    }

    private sealed record Check(string Status, string? Description);
}
