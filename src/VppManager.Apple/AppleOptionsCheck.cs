using Microsoft.Extensions.Options;
using VppManager.Apple.Apps;

namespace VppManager.Apple;

/// <summary>Names every setting that cannot be, all at once.</summary>
internal sealed class AppleOptionsCheck : IValidateOptions<AppleOptions>
{
    public ValidateOptionsResult Validate(string? name, AppleOptions options)
    {
        var faults = Faults(options).ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Faults(AppleOptions options)
    {
        if (!IsHttp(options.BaseAddress))
            yield return "Apple:BaseAddress must be an absolute http or https address.";
        if (options.MetadataAddress is not null && !IsHttp(options.MetadataAddress))
            yield return "Apple:MetadataAddress must be an absolute http or https address.";
        if (options.CatalogAddress is not null && !IsHttp(options.CatalogAddress))
            yield return "Apple:CatalogAddress must be an absolute http or https address.";
        if (DeveloperKey.FaultOf(options) is { } fault)
            yield return fault;
        if (string.IsNullOrWhiteSpace(options.UserAgent) || options.UserAgent.Any(char.IsControl))
            yield return "Apple:UserAgent must be a text of one line.";
        if (options.Retries is < 0 or > 20)
            yield return "Apple:Retries must be from 0 to 20.";
        if (options.BreakAfter < 2)
            yield return "Apple:BreakAfter must be 2 or more.";

        foreach (var (setting, value, from, to) in Times(options))
        {
            if (value < from || value > to)
                yield return $"Apple:{setting} must be from {from} to {to}.";
        }
        if (options.LongestRetryAfter >= options.TotalTimeout)
            yield return "Apple:LongestRetryAfter must be shorter than Apple:TotalTimeout.";
    }

    private static IEnumerable<(string Setting, TimeSpan Value, TimeSpan From, TimeSpan To)> Times(AppleOptions options) =>
    [
        (nameof(options.AttemptTimeout), options.AttemptTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(5)),
        (nameof(options.TotalTimeout), options.TotalTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
        (nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
        (nameof(options.LongestRetryAfter), options.LongestRetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10)),
        (nameof(options.BreakFor), options.BreakFor, TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1)),
        (nameof(options.LimitsMaxAge), options.LimitsMaxAge, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5)),
    ];

    private static bool IsHttp(Uri? address) =>
        address is { IsAbsoluteUri: true } && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
}
