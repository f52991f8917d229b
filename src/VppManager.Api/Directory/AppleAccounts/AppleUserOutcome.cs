using VppManager.Api.Licenses;
using VppManager.Apple;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>What became of one user in a request.</summary>
/// <param name="Status">Null: as Apple was seen to have it.</param>
/// <param name="Untold">Apple was not told the Managed Apple Account after all: it is told again.</param>
internal sealed record AppleUserOutcome(string ClientUserId, AppleUserStatus? Status, string? Reason = null, bool Untold = false)
{
    /// <param name="failures">Of the event, or of the refused request; one that names nobody is about all.</param>
    public static AppleUserOutcome Of(AppleRequestKind kind, string user, IReadOnlyList<AppleError> failures)
    {
        var failure = failures.FirstOrDefault(one => one.ErrorInfo is not { ClientUserIds.Count: > 0 } info || info.ClientUserIds.Contains(user));
        return (kind, failure?.Meaning) switch
        {
            (AppleRequestKind.RetireUsers, null or AppleErrorMeaning.UnknownUser) => new(user, AppleUserStatus.Retired),
            (_, null) => new(user, null),
            (AppleRequestKind.CreateUsers, AppleErrorMeaning.UserExists) => new(user, null, Untold: true),
            (AppleRequestKind.CreateUsers, { } meaning) when IsPassing(meaning) => new(user, AppleUserStatus.New),
            (AppleRequestKind.UpdateUsers, AppleErrorMeaning.UnknownUser) => new(user, AppleUserStatus.New),
            (_, { } meaning) when IsPassing(meaning) => new(user, null, Untold: kind is AppleRequestKind.UpdateUsers),
            (AppleRequestKind.RetireUsers, _) => new(user, null, $"apple:{failure!.ErrorNumber}"),
            _ => new(user, AppleUserStatus.Failed, $"apple:{failure!.ErrorNumber}"),
        };
    }

    /// <summary>The request was not taken, for reasons that are not this user's: it is planned again.</summary>
    public static AppleUserOutcome NotDone(AppleRequestKind kind, string user) =>
        new(user, kind is AppleRequestKind.CreateUsers ? AppleUserStatus.New : null, Untold: kind is AppleRequestKind.UpdateUsers);

    private static bool IsPassing(AppleErrorMeaning meaning) =>
        meaning is AppleErrorMeaning.TryAgain or AppleErrorMeaning.TooManyRequests;
}
