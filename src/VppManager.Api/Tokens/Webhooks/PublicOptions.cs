using Microsoft.Extensions.Options;

namespace VppManager.Api.Tokens.Webhooks;

/// <summary>Where this service can be reached from outside. Unset: Apple sends no notifications, and is asked instead.</summary>
internal sealed class PublicOptions
{
    public const string Section = "Public";

    /// <summary>https, host and path; http on the loopback address in Development alone.</summary>
    public string? BaseAddress { get; init; }

    public bool IsSet => !string.IsNullOrWhiteSpace(BaseAddress);

    /// <summary>Where Apple posts the notifications of a location. The ids are ours; they are no secret.</summary>
    public string NotificationAddress(Guid tenant, Guid location) => $"{BaseAddress!.Trim().TrimEnd('/')}{WebhookEndpoint.Root}/{tenant}/{location}";
}

internal sealed class PublicOptionsCheck(IHostEnvironment environment) : IValidateOptions<PublicOptions>
{
    public ValidateOptionsResult Validate(string? name, PublicOptions options) =>
        !options.IsSet || Fault(options.BaseAddress!.Trim()) is not { } fault
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{nameof(PublicOptions.BaseAddress)} {fault}");

    private string? Fault(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) switch
    {
        false => "is no absolute address.",
        _ when address!.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0 || text.Contains('?', StringComparison.Ordinal)
            => "must hold host and path only: Apple takes no user, query or fragment.",
        _ when address.Scheme == Uri.UriSchemeHttps => null,
        _ when address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && environment.IsDevelopment() => null,
        _ => "must be https; http is taken on the loopback address in Development alone.",
    };
}
