namespace VppManager.Core.Tokens;

/// <summary>The stable words for why a token is in its state.</summary>
public static class TokenCauses
{
    /// <summary>Its time is up, by its file or by Apple's word (9621).</summary>
    public const string Expired = "expired";

    /// <summary>Apple has revoked it (9625).</summary>
    public const string Revoked = "revokedByApple";

    /// <summary>Apple does not know it (9622).</summary>
    public const string Rejected = "rejectedByApple";

    /// <summary>Apple wants its account to sign in anew (9601).</summary>
    public const string LoginRequired = "loginRequired";

    /// <summary>Apple could not be asked.</summary>
    public const string OutOfReach = "appleOutOfReach";

    /// <summary>Another device management has the location.</summary>
    public const string ManagedElsewhere = "managedElsewhere";

    /// <summary>Another token of the tenant serves the location, too.</summary>
    public const string Duplicate = "sameLocationTwice";

    /// <summary>Apple takes no changes through it (9637, 9645); reading goes on.</summary>
    public const string ReadOnly = "readOnly";

    /// <summary>A purchaser's token of the old kind: read only through the old services.</summary>
    public const string Legacy = "legacyToken";

    /// <summary>What to do about it, in a sentence for a person.</summary>
    /// <param name="cause">One of the causes; null while all is well.</param>
    /// <returns>The sentence; null when there is nothing to say.</returns>
    public static string? Explain(string? cause) => cause switch
    {
        Expired => "The token has expired. Download a new one and renew this token with it.",
        Revoked => "Apple has revoked the token: a newer one was downloaded, a password changed, or its owner left. Renew it with a new file.",
        Rejected => "Apple does not know the token. Renew it with the file as downloaded.",
        LoginRequired => "Apple wants the account behind the token to sign in. Sign in there, download a new token and renew this one with it.",
        OutOfReach => "Apple could not be asked about the token. It is asked again soon, until it answers.",
        ManagedElsewhere => "Another device management has the location. Release it there, or let this token take control.",
        Duplicate => "Another token here serves the same location. Delete one of them to synchronise again.",
        ReadOnly => "Apple takes no changes through this token: its account may only read, or Apple's own management has the location.",
        Legacy => "A token from before locations: it is read, but licences are given only after it was renewed with a location's token.",
        _ => null,
    };
}
