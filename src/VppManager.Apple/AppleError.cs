using System.Text.Json.Serialization;
using VppManager.Apple.Apps;

namespace VppManager.Apple;

/// <summary>
/// An error as Apple spells it: the body of a refused call, or one of an event's failures.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/handling-error-responses"/>.
/// </summary>
public sealed record AppleError
{
    /// <summary>Apple's number; see <see cref="AppleErrorNumber"/>. New ones may appear at any time.</summary>
    public int ErrorNumber { get; init; }

    /// <summary>Apple's text, for people. Never match on it: Apple words one number in several ways.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Which assets, users and devices the error is about, if Apple says so.</summary>
    public AppleErrorInfo? ErrorInfo { get; init; }

    /// <summary>What the number asks the caller to do.</summary>
    [JsonIgnore]
    public AppleErrorMeaning Meaning => AppleErrorNumber.MeaningOf(ErrorNumber);
}

/// <summary>The targets an error is about. One error may cover many; they are grouped per error, not per pair.</summary>
public sealed record AppleErrorInfo
{
    /// <summary>The assets concerned.</summary>
    public IReadOnlyList<AssetKey> Assets { get => field ?? []; init; }

    /// <summary>The users concerned.</summary>
    public IReadOnlyList<string> ClientUserIds { get => field ?? []; init; }

    /// <summary>The devices concerned.</summary>
    public IReadOnlyList<string> SerialNumbers { get => field ?? []; init; }
}
