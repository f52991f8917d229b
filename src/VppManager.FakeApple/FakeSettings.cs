using VppManager.FakeApple.Licenses;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple;

/// <summary>Everything about the fake that can be switched while it runs.</summary>
public sealed class FakeSettings
{
    /// <summary>What <c>service/config</c> announces and what requests are held to.</summary>
    public ServiceLimits Limits { get; init; } = new();

    /// <summary>Rows on a page of assets, assignments or users.</summary>
    public int PageSize { get; set; } = 500;

    /// <summary><c>totalPages</c> of an empty set; Apple's own value is unknown, so 0 and 1 are both possible.</summary>
    public int EmptyTotalPages { get; set; } = 1;

    /// <summary>How long an accepted event stays PENDING before its work begins.</summary>
    public TimeSpan EventDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Pause between two batches of one event, so that <c>numCompleted</c> can be seen to rise.</summary>
    public TimeSpan BatchDelay { get; set; } = TimeSpan.Zero;

    /// <summary>How long the status of an event can be asked for.</summary>
    public TimeSpan EventRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Which part of an event fails when licences run out (9709).</summary>
    public ExhaustionPolicy Exhaustion { get; set; } = ExhaustionPolicy.PerBatch;

    /// <summary>Unknown client user ids fail inside the event instead of refusing the request.</summary>
    public bool UnknownUsersFailLater { get; set; }

    /// <summary>Answer 429 with 9646 above <see cref="ServiceLimits.MaxRequestPerSecond"/> per location.</summary>
    public bool EnforceRate { get; set; } = true;

    /// <summary>HTTP status that carries 9622: 200 as seen at Apple, or 401.</summary>
    public int InvalidTokenStatus { get; set; } = 200;

    /// <summary>Send <c>tokenExpirationDate</c> on every answer, not only in the last 15 days.</summary>
    public bool AlwaysSendTokenExpiration { get; set; }

    /// <summary>Any managed Apple Account is taken as known to the organisation.</summary>
    public bool AnyManagedAccount { get; set; }

    /// <summary>A location so busy that the version of its assignments moves with every page that is read.</summary>
    public bool RestlessVersions { get; set; }

    /// <summary>Metadata: artwork as the old array of sizes instead of a template object.</summary>
    public bool ArtworkAsArray { get; set; }

    /// <summary>Metadata: <c>id</c> as a number instead of a string.</summary>
    public bool NumericIds { get; set; }

    /// <summary>How many more requests the catalogue takes before it answers 429; unlimited when not set.</summary>
    public int? CatalogRequestsLeft { get; set; }

    /// <summary>Version 1: numbers as texts.</summary>
    public bool LegacyNumbersAsText { get; set; }

    public WebhookSettings Webhooks { get; init; } = new();
}
