using System.ComponentModel.DataAnnotations;

namespace VppManager.Api.Directory.Mdm;

/// <summary>A NanoMDM server whose devices get their apps from this service. Unset: none.</summary>
internal sealed class NanoMdmOptions : IValidatableObject
{
    public const string Section = "NanoMdm";

    /// <summary>Whose devices they are.</summary>
    public Guid? Tenant { get; init; }

    /// <summary>Where NanoMDM listens; <c>/v1/…</c> is appended.</summary>
    public string? BaseAddress { get; init; }

    /// <summary>NanoMDM's <c>-api</c>.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The password in NanoMDM's <c>-webhook-url</c>; the name is <c>nanomdm</c>.</summary>
    public string? WebhookSecret { get; init; }

    /// <summary>How long after a command a device is asked what it has.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FollowUpAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A command that the device took, or refused, is not sent anew before.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "7.00:00:00")]
    public TimeSpan SendAgainAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often a device is asked what it has, though nothing has happened.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromHours(8);

    /// <summary>A command that the device has not answered for so long is taken for lost, with NanoMDM's queue.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "365.00:00:00")]
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromDays(7);

    public bool IsSet => Tenant is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Tenant is null && BaseAddress is null && ApiKey is null && WebhookSecret is null) yield break;

        if (Tenant is null || Tenant == Guid.Empty) yield return new ValidationResult("Tenant is missing.", [nameof(Tenant)]);
        if (!OutgoingAddress.IsUsable(BaseAddress)) yield return new ValidationResult("BaseAddress is no address of http or https with host and path only.", [nameof(BaseAddress)]);
        if (string.IsNullOrWhiteSpace(ApiKey)) yield return new ValidationResult("ApiKey is missing.", [nameof(ApiKey)]);
        if (WebhookSecret is not { Length: >= 16 }) yield return new ValidationResult("WebhookSecret is missing, or shorter than 16 characters.", [nameof(WebhookSecret)]);
    }
}

/// <summary>Who else is told that a device has something to do, by tenant.</summary>
internal sealed class DeviceWebhookOptions : IValidatableObject
{
    public const string Section = "DeviceWebhooks";

    public IReadOnlyList<DeviceWebhook> Hooks { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var n = 0; n < Hooks.Count; n++)
        {
            if (Hooks[n].Tenant == Guid.Empty) yield return new ValidationResult($"Hooks:{n}:Tenant is missing.", [nameof(Hooks)]);
            if (!OutgoingAddress.IsUsable(Hooks[n].Address)) yield return new ValidationResult($"Hooks:{n}:Address is no address of http or https with host and path only.", [nameof(Hooks)]);
            if (Hooks[n].Secret is not { Length: >= 16 }) yield return new ValidationResult($"Hooks:{n}:Secret is missing, or shorter than 16 characters.", [nameof(Hooks)]);
        }

        if (Hooks.DistinctBy(hook => hook.Tenant).Count() < Hooks.Count) yield return new ValidationResult("A tenant is named twice.", [nameof(Hooks)]);
    }
}

/// <param name="Secret">The key of the signature.</param>
internal sealed record DeviceWebhook(Guid Tenant, string? Address, string? Secret)
{
    public DeviceWebhook() : this(Guid.Empty, null, null)
    {
    }
}

internal static class OutgoingAddress
{
    public static bool IsUsable(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0;
}
