using System.Net;
using System.Text.Json;

namespace VppManager.Apple;

/// <summary>
/// Reads an answer: an error number in the body is an error whatever the status, and a bad status without one is an error too.
/// </summary>
internal static class AppleReply
{
    public static T Read<T>(
        AppleCall call, HttpResponseMessage response, ReadOnlyMemory<byte> body, Func<ReadOnlyMemory<byte>, T> read, DateTimeOffset now)
    {
        var status = (int)response.StatusCode;
        var retryAfter = RetryAfterOf(response, now);
        try
        {
            body = WithoutMark(body);
            if (AppleErrorBody.Read(body) is { } error)
                throw AppleFault.Refused(call, status, error, retryAfter);
            if (response.IsSuccessStatusCode)
                return read(body);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or ArgumentException)
        {
            // Besides what is no JSON: texts that are none, such as half a character. No inner message: it may quote what stands in the body.
            if (response.IsSuccessStatusCode)
                throw AppleFault.ByStatus(call, status, AppleErrorMeaning.Unreadable, retryAfter, (unreadable as JsonException)?.BytePositionInLine);
        }
        throw AppleFault.ByStatus(call, status, MeaningOf(response.StatusCode), retryAfter);
    }

    private static AppleErrorMeaning MeaningOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests => AppleErrorMeaning.TooManyRequests,
        >= HttpStatusCode.InternalServerError => AppleErrorMeaning.TryAgain,
        _ => AppleErrorMeaning.Unreadable,
    };

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, DateTimeOffset now)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - now;
        return wait > TimeSpan.Zero ? wait : null;
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
}
