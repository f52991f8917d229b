namespace VppManager.Apple;

/// <summary>Makes the exceptions of this client, in one voice and without secrets.</summary>
internal static class AppleFault
{
    private const int LongestText = 300;

    public static AppleException Refused(AppleCall call, int status, AppleError error, TimeSpan? retryAfter)
    {
        var text = call.WithoutSecrets(error.ErrorMessage ?? "");
        text = text.Length > LongestText ? text[..LongestText] + "…" : text;
        return new AppleException($"Apple refused {call.Name}: {error.ErrorNumber} {text} (HTTP {status}).")
        {
            Meaning = error.Meaning is AppleErrorMeaning.Unknown && status == 429 ? AppleErrorMeaning.TooManyRequests
                : error.Meaning is AppleErrorMeaning.Unknown && status >= 500 ? AppleErrorMeaning.TryAgain
                : error.Meaning,
            ErrorNumber = error.ErrorNumber,
            HttpStatus = status,
            Info = error.ErrorInfo,
            RetryAfter = retryAfter,
        };
    }

    public static AppleException ByStatus(
        AppleCall call, int status, AppleErrorMeaning meaning, TimeSpan? retryAfter, long? brokenAt = null) =>
        new($"Apple answered {call.Name} with HTTP {status} and no error number"
            + (brokenAt is null ? "." : $"; the body cannot be read (byte {brokenAt} of its line)."))
        {
            Meaning = meaning,
            HttpStatus = status,
            RetryAfter = retryAfter,
        };

    public static AppleException OutOfReach(AppleCall call, string what, Exception cause) =>
        new($"Apple did not answer {call.Name}: {what}.", cause) { Meaning = AppleErrorMeaning.OutOfReach };

    /// <summary>Nothing was sent, because earlier tries of the same location failed.</summary>
    public static AppleException LeftAlone(AppleCall call, TimeSpan wait) =>
        new($"Apple was not asked for {call.Name}: it is left alone for {wait.TotalSeconds:0} more seconds after earlier failures.")
        {
            Meaning = AppleErrorMeaning.TryAgain,
            RetryAfter = wait,
            IsNotSent = true,
        };
}
