using System.Text.Json.Serialization;

namespace VppManager.Apple.Legacy;

/// <summary>
/// The purchaser behind a token of the old kind. Every member may be missing.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/vppclientconfigresponse"/>.
/// </summary>
public sealed record LegacyAccount : LegacyAnswer
{
    /// <summary>The country of the store, two letters.</summary>
    [JsonPropertyName("countryCode")]
    public string? Country { get; init; }

    /// <summary>The store to look metadata up in.</summary>
    public string? DefaultPlatform { get; init; }

    /// <summary>The purchaser's Apple Account.</summary>
    public string? AppleId { get; init; }

    /// <summary>The organisation, as a number.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? OrganizationId { get; init; }

    /// <summary>What tells this account from others: <see cref="LegacyAnswer.UId"/>, or else <see cref="OrganizationId"/>.</summary>
    [JsonIgnore]
    public string? AccountId => string.IsNullOrEmpty(UId) ? OrganizationId : UId;
}

/// <summary>What every answer of the old services carries. They answer with HTTP 200 always; a refusal is told by its number.</summary>
public abstract record LegacyAnswer
{
    /// <summary>0 when all went well.</summary>
    public int? Status { get; init; }

    /// <summary>The account's or location's id.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? UId { get; init; }

    /// <summary>The location of a location's token; a purchaser's has none.</summary>
    public LegacyLocation? Location { get; init; }

    /// <summary>The end of the token or of its account's password, whichever is earlier, in milliseconds since 1970.</summary>
    public long? ExpirationMillis { get; init; }

    /// <summary>The same as a date.</summary>
    [JsonIgnore]
    public DateTimeOffset? ExpiresAt => ExpirationMillis is { } millis ? DateTimeOffset.FromUnixTimeMilliseconds(millis) : null;
}

/// <summary>A location in the words of the old services.</summary>
public sealed record LegacyLocation
{
    /// <summary>Its name.</summary>
    public string? LocationName { get; init; }
}

internal sealed record LegacyRequest(string SToken)
{
    public bool? IncludeLicenseCounts { get; init; }
    public string? RequestId { get; init; }
    public int? PageIndex { get; init; }

    private bool PrintMembers(System.Text.StringBuilder text)
    {
        text.Append("PageIndex = ").Append(PageIndex);
        return true;
    }
}
