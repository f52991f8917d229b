namespace VppManager.Api.Tokens.Webhooks;

internal enum WebhookState
{
    /// <summary>An address was offered to Apple; its answer is not known.</summary>
    Offered,

    /// <summary>Apple has tried the address and taken it.</summary>
    Working,

    /// <summary>Apple has it, but did not tell of an event that had ended. Works again as soon as a notification comes.</summary>
    Silent,

    /// <summary>Apple does not take the address, or does not reach it. Tried again at each sync.</summary>
    Refused,
}

/// <summary>Where Apple sends the notifications of a location, and how we know that they are Apple's. Secrets are kept as hashes only.</summary>
internal sealed class Webhook
{
    public Guid LocationId { get; init; }
    public required string Url { get; set; }
    public WebhookState State { get; set; }

    /// <summary>Why Apple refused the address, in its own words.</summary>
    public string? Cause { get; set; }

    /// <summary>Of the secret that Apple has.</summary>
    public byte[]? SecretHash { get; set; }

    /// <summary>Of the one before: what is under way with it still counts.</summary>
    public byte[]? PreviousSecretHash { get; set; }

    /// <summary>Of a secret that is being handed to Apple, who may use it before it has answered.</summary>
    public byte[]? OfferedSecretHash { get; set; }

    /// <summary>Since when somebody is handing one over; null when nobody is.</summary>
    public DateTimeOffset? OfferedAt { get; set; }

    public DateTimeOffset? ConfirmedAt { get; set; }
    public DateTimeOffset? ReceivedAt { get; set; }
}
