using Microsoft.AspNetCore.Diagnostics;
using VppManager.Api.Data;

namespace VppManager.Api.Hosting;

/// <summary>The answer to a request that ended in an exception; nothing of the exception itself is told.</summary>
internal sealed class FaultAnswers : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var (status, message) = exception switch
        {
            BadHttpRequestException bad => (bad.StatusCode, bad.Message),
            _ when IsBrokenCompression(exception) => (StatusCodes.Status400BadRequest, "The request body could not be decompressed."),
            _ when SlowQuery.IsOne(exception) => (StatusCodes.Status503ServiceUnavailable, SlowQuery.Message),
            _ => (StatusCodes.Status500InternalServerError, null),
        };
        httpContext.Response.StatusCode = status;
        await StatusAnswers.WriteAsync(httpContext, status, message);
        return true;
    }

    public static bool IsCallersFault(Exception exception) => exception is BadHttpRequestException || IsBrokenCompression(exception);

    // Each decompressor has an exception of its own for bytes it cannot read.
    private static bool IsBrokenCompression(Exception exception) =>
        exception is InvalidDataException or InvalidOperationException
        && exception.Source?.StartsWith("System.IO.Compression", StringComparison.Ordinal) == true;
}
