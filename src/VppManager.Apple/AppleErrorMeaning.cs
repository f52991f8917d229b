namespace VppManager.Apple;

/// <summary>What an error means for the caller. Several of Apple's numbers share a meaning.</summary>
public enum AppleErrorMeaning
{
    /// <summary>A number this client does not know. Treat it as a refusal of this one request.</summary>
    Unknown,

    /// <summary>The request itself is wrong; the same request will be refused again.</summary>
    Refused,

    /// <summary>The content token has expired: somebody has to download a new one.</summary>
    TokenExpired,

    /// <summary>Apple does not know the content token.</summary>
    TokenInvalid,

    /// <summary>Apple has revoked the token: a newer download, a changed password, a removed account.</summary>
    TokenRevoked,

    /// <summary>Reads work, writes do not: a read-only account, or a location managed by Apple's own device management.</summary>
    ReadOnly,

    /// <summary>A purchaser's token of the old kind; this service needs a location's token.</summary>
    LegacyToken,

    /// <summary>Apple cannot do it now. Send it again later, after <see cref="AppleException.RetryAfter"/> if given.</summary>
    TryAgain,

    /// <summary>Too many requests. Nothing was processed; slow down and send it again.</summary>
    TooManyRequests,

    /// <summary>More targets or assets than the limits allow: read the limits again, split, send the parts.</summary>
    SplitAndTryAgain,

    /// <summary>The version given to read changes since is not usable: read everything.</summary>
    FullReadNeeded,

    /// <summary>The page does not exist (any more): start the traversal again.</summary>
    PageOutOfRange,

    /// <summary>Not enough licences are free. Part of the request may have succeeded all the same.</summary>
    NotEnoughLicenses,

    /// <summary>No active user has this client user id.</summary>
    UnknownUser,

    /// <summary>An active user with this client user id exists already.</summary>
    UserExists,

    /// <summary>The Managed Apple Account is unknown or belongs to another organisation.</summary>
    UnknownAppleAccount,

    /// <summary>The Apple Account belongs to another user of this location already.</summary>
    AppleAccountTaken,

    /// <summary>The asset cannot be taken back once given (books).</summary>
    NotRevocable,

    /// <summary>The asset cannot be given to a device.</summary>
    NotDeviceAssignable,

    /// <summary>The holder has a licence of this asset already (old service).</summary>
    AlreadyAssigned,

    /// <summary>The holder has no licence of this asset (old service).</summary>
    NotAssigned,

    /// <summary>Apple does not know the event (any more).</summary>
    UnknownEvent,

    /// <summary>Apple cannot use the notification address or its secret; correct it and send it again.</summary>
    NotificationAddressRefused,

    /// <summary>Apple has removed the service.</summary>
    ServiceRemoved,

    /// <summary>Not sent: an earlier answer has shown that another product manages the location. See <see cref="Tokens.ContentToken.Watch"/>.</summary>
    TakenOver,

    /// <summary>No answer: no connection, a time-out, a lost answer. Whether Apple processed the request is not known.</summary>
    OutOfReach,

    /// <summary>An answer that is not Apple's: HTML, cut short, not JSON, or no error number with an error status.</summary>
    Unreadable,
}
