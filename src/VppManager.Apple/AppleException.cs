namespace VppManager.Apple;

/// <summary>
/// A call to Apple that did not succeed: refused, not answered, or answered unreadably. Decide by <see cref="Meaning"/>.
/// The message names the call, the numbers and Apple's own text; never a token nor another secret.
/// </summary>
public sealed class AppleException : Exception
{
    /// <summary>Makes an exception that says only what it is told.</summary>
    public AppleException() : this("A call to Apple failed.")
    {
    }

    /// <summary>Makes an exception with a text for people.</summary>
    /// <param name="message">What happened; without secrets.</param>
    public AppleException(string message) : base(message)
    {
    }

    /// <summary>Makes an exception with a text for people and its cause.</summary>
    /// <param name="message">What happened; without secrets.</param>
    /// <param name="innerException">What caused it.</param>
    public AppleException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>What it means for the caller.</summary>
    public AppleErrorMeaning Meaning { get; init; }

    /// <summary>Apple's number, if Apple gave one.</summary>
    public int? ErrorNumber { get; init; }

    /// <summary>The HTTP status, if there was an answer. Apple also refuses with 200: don't decide by it.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Which assets, users and devices the refusal is about, if Apple said so.</summary>
    public AppleErrorInfo? Info { get; init; }

    /// <summary>How long to wait before the next try, if Apple said so or this client keeps the location back for so long.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>This client did not even ask, since Apple wants to be left alone or failed too often: nothing was done.</summary>
    public bool IsNotSent { get; init; }

    /// <summary>The token can do nothing until somebody replaces it.</summary>
    public bool IsTokenDead => Meaning is AppleErrorMeaning.TokenExpired or AppleErrorMeaning.TokenInvalid
        or AppleErrorMeaning.TokenRevoked or AppleErrorMeaning.LegacyToken;

    /// <summary>The same request may well succeed later, unchanged.</summary>
    public bool IsPassing => Meaning is AppleErrorMeaning.TryAgain or AppleErrorMeaning.TooManyRequests
        or AppleErrorMeaning.OutOfReach or AppleErrorMeaning.Unreadable;
}
