using Meaning = VppManager.Apple.AppleErrorMeaning;

namespace VppManager.Apple;

/// <summary>
/// Apple's error numbers that callers decide by, and what each known number means.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/responseerrorcode"/> and, for the numbers left over from
/// the old service, <see href="https://developer.apple.com/documentation/devicemanagement/interpreting-error-codes"/>.
/// </summary>
public static class AppleErrorNumber
{
    /// <summary>No or empty credentials.</summary>
    public const int LoginRequired = 9601;

    /// <summary>An argument is invalid.</summary>
    public const int InvalidArgument = 9602;

    /// <summary>An internal error of Apple's.</summary>
    public const int InternalError = 9603;

    /// <summary>No active user has this client user id.</summary>
    public const int UserNotFound = 9609;

    /// <summary>The content token has expired.</summary>
    public const int TokenExpired = 9621;

    /// <summary>Apple does not know the content token. Seen with HTTP status 200.</summary>
    public const int TokenInvalid = 9622;

    /// <summary>The content token was revoked.</summary>
    public const int TokenRevoked = 9625;

    /// <summary>The service was removed.</summary>
    public const int ServiceRemoved = 9634;

    /// <summary>The Apple Account is unknown or of another organisation.</summary>
    public const int AppleAccountUnknown = 9635;

    /// <summary>The token's account may only read.</summary>
    public const int NotAllowed = 9637;

    /// <summary>The Apple Account is already another user's.</summary>
    public const int AppleAccountTaken = 9641;

    /// <summary>Maintenance; try later.</summary>
    public const int Maintenance = 9644;

    /// <summary>Apple's own device management owns the location; reads only.</summary>
    public const int ManagedByApple = 9645;

    /// <summary>Too many requests for the organisation; back off exponentially.</summary>
    public const int TooManyRequests = 9646;

    /// <summary>A purchaser's token of the old kind.</summary>
    public const int LegacyToken = 9647;

    /// <summary>The page index is out of range.</summary>
    public const int PageOutOfRange = 9650;

    /// <summary>Too many assets in one request.</summary>
    public const int TooManyAssets = 9700;

    /// <summary>Too many client user ids in one request.</summary>
    public const int TooManyClientUserIds = 9701;

    /// <summary>Too many serial numbers in one request.</summary>
    public const int TooManySerialNumbers = 9702;

    /// <summary>The asset cannot be taken back.</summary>
    public const int NotRevocable = 9706;

    /// <summary>The asset cannot be given to devices.</summary>
    public const int NotDeviceAssignable = 9707;

    /// <summary>Apple does not know the event.</summary>
    public const int EventNotFound = 9708;

    /// <summary>Not enough licences are free.</summary>
    public const int NotEnoughLicenses = 9709;

    /// <summary>Too many users in one request.</summary>
    public const int TooManyUsers = 9714;

    /// <summary>An active user with that client user id exists already.</summary>
    public const int UserExists = 9716;

    /// <summary>The version to read changes since is invalid.</summary>
    public const int InvalidVersion = 9721;

    /// <summary>Apple's test notification was not answered.</summary>
    public const int NotificationUnreachable = 9728;

    /// <summary>Temporarily unavailable; nothing was processed.</summary>
    public const int TemporarilyUnavailable = 9729;

    /// <summary>What the caller should make of an error number, from a synchronous answer or from an event's failures.</summary>
    /// <param name="errorNumber">Apple's number.</param>
    /// <returns>The meaning; <see cref="AppleErrorMeaning.Unknown"/> for a number this client has never heard of.</returns>
    public static AppleErrorMeaning MeaningOf(int errorNumber) => errorNumber switch
    {
        LoginRequired or TokenInvalid or 9606 => Meaning.TokenInvalid,
        TokenExpired => Meaning.TokenExpired,
        TokenRevoked or 9611 => Meaning.TokenRevoked,
        NotAllowed or ManagedByApple or 9638 or 9639 or 9640 => Meaning.ReadOnly,
        LegacyToken => Meaning.LegacyToken,
        InternalError or Maintenance or TemporarilyUnavailable or 9608 or 9612 or 9613 or 9626 or 9643 => Meaning.TryAgain,
        TooManyRequests or 9627 or 9630 or 9631 or 9632 => Meaning.TooManyRequests,
        TooManyAssets or TooManyClientUserIds or TooManySerialNumbers or TooManyUsers => Meaning.SplitAndTryAgain,
        InvalidVersion or 9633 => Meaning.FullReadNeeded,
        PageOutOfRange => Meaning.PageOutOfRange,
        NotEnoughLicenses or 9610 or 9624 => Meaning.NotEnoughLicenses,
        UserNotFound or 9618 or 9620 or 9636 => Meaning.UnknownUser,
        UserExists => Meaning.UserExists,
        AppleAccountUnknown or 9642 => Meaning.UnknownAppleAccount,
        AppleAccountTaken => Meaning.AppleAccountTaken,
        NotRevocable or 9607 => Meaning.NotRevocable,
        NotDeviceAssignable or 9628 => Meaning.NotDeviceAssignable,
        9616 => Meaning.AlreadyAssigned,
        9619 => Meaning.NotAssigned,
        EventNotFound => Meaning.UnknownEvent,
        9710 or 9711 or 9712 or NotificationUnreachable => Meaning.NotificationAddressRefused,
        ServiceRemoved or 9617 => Meaning.ServiceRemoved,
        InvalidArgument or 9600 or 9604 or 9605 or 9614 or 9615 or 9623 or 9629 or 9703 or 9704 or 9705 or 9713 or 9715 => Meaning.Refused,
        (>= 9717 and <= 9727) or (>= 9811 and <= 9818) => Meaning.Refused,
        _ => Meaning.Unknown,
    };
}
