using System.Text.Json.Serialization;
using VppManager.Apple.Apps;

namespace VppManager.Apple.Licenses;

/// <summary>
/// One licence in use: an asset and the user or device that holds it. Apple gives it neither an id nor a time.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/assignment"/>.
/// </summary>
public sealed record Assignment
{
    /// <summary>The store's number, as text.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string AdamId { get => field ?? ""; init; }

    /// <summary>The quality; see <see cref="Apps.PricingParam"/>.</summary>
    public string PricingParam { get => field ?? Apps.PricingParam.Standard; init; }

    /// <summary>The user that holds it; or else a device does.</summary>
    public string? ClientUserId { get; init; }

    /// <summary>The device that holds it; or else a user does.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The user's hash, if asked for.</summary>
    public string? IdHash { get; init; }

    /// <summary>The user's status, if asked for.</summary>
    public string? UserStatus { get; init; }
}

/// <summary>
/// One page of a location's assignments. See
/// <see href="https://developer.apple.com/documentation/devicemanagement/getassignmentsresponse"/>.
/// </summary>
public sealed record AssignmentsPage : AnswerPage
{
    /// <summary>The assignments.</summary>
    public IReadOnlyList<Assignment> Assignments { get => field ?? []; init; }
}

/// <summary>Which assignments to read; empty: all.</summary>
public sealed record AssignmentsQuery
{
    /// <summary>Only of this asset, in all its qualities.</summary>
    public string? AdamId { get; init; }

    /// <summary>Only of this quality. Older services ignore it: look at the rows too.</summary>
    public string? PricingParam { get; init; }

    /// <summary>Only of this user.</summary>
    public string? ClientUserId { get; init; }

    /// <summary>Only of this device.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>
    /// Only what changed since this version, the one of the <em>first</em> page of an earlier traversal. Removals do not show:
    /// read everything from time to time. Zero rows are normal.
    /// </summary>
    public string? SinceVersionId { get; init; }

    /// <summary>Also the users' status and hash.</summary>
    public bool? IncludeUserState { get; init; }

    /// <summary>Without users who are retired or deleted.</summary>
    public bool? ExcludeInactiveUsers { get; init; }
}
