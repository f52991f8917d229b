using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using VppManager.Api.Tokens.Webhooks;

namespace VppManager.Api.Hosting;

internal sealed class MetricsOptions
{
    public const string Section = "Metrics";

    /// <summary>The bearer with which metrics are asked for. Unset: nobody gets them, but in Development.</summary>
    [MinLength(16)]
    public string? Token { get; init; }
}

/// <summary>Who may read <c>/metrics</c>: it is about the whole service, and so about every tenant.</summary>
internal sealed class MetricsAccess(IOptions<MetricsOptions> options, IHostEnvironment environment)
{
    private string? Token => options.Value.Token;

    public bool IsServed => Token is not null || IsForEveryone;

    /// <summary>Whether what is measured may carry ids of tenants and of what is theirs.</summary>
    public bool NamesTenants => !IsForEveryone;

    /// <summary>In Development without a token: then it says nothing of single tenants.</summary>
    private bool IsForEveryone => Token is null && environment.IsDevelopment();

    public bool Allows(HttpRequest request) => IsForEveryone
        || (Token is { } token && WebhookSecret.IsOneOf(BearerHeader.Of(request) ?? "", [WebhookSecret.HashOf(token)]));
}
