using System.Text.Json.Serialization;
using VppManager.Apple.Licenses;

namespace VppManager.Apple.Legacy;

/// <summary>
/// One page of the licences of a purchaser's account.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/get-assignments-158kc"/>.
/// </summary>
public sealed record LegacyAssignments : LegacyAnswer
{
    /// <summary>The licences, in today's words.</summary>
    [JsonIgnore]
    public IReadOnlyList<Assignment> Rows => [.. Assignments.Select(row => row.ToAssignment())];

    /// <summary>Names this reading, for its further pages.</summary>
    public string? RequestId { get; init; }

    /// <summary>This page, from 0.</summary>
    public int CurrentPageIndex { get; init; }

    /// <summary>The next page; null on the last.</summary>
    public int? NextPageIndex { get; init; }

    /// <summary>How many pages there are.</summary>
    public int TotalPages { get; init; }

    /// <summary>How many licences there are on all pages.</summary>
    public int TotalAssignments { get; init; }

    [JsonInclude]
    internal IReadOnlyList<LegacyAssignment> Assignments { get => field ?? []; init; }
}

internal sealed record LegacyAssignment
{
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string AdamIdStr { get => field ?? ""; init; }

    public string? PricingParam { get; init; }
    public string? ClientUserIdStr { get; init; }
    public string? SerialNumber { get; init; }

    public Assignment ToAssignment() => new()
    {
        AdamId = AdamIdStr,
        PricingParam = PricingParam ?? Apps.PricingParam.Standard,
        ClientUserId = ClientUserIdStr,
        SerialNumber = SerialNumber,
    };
}
