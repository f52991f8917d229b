using Microsoft.OData;
using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Graph.Errors;

/// <summary>Turns what a request got wrong into Graph's error body. Faults of our own go on to the handler of all faults.</summary>
internal sealed class GraphErrors : IEndpointFilter
{
    private const string NotSupported = "The query specified in the URI is not supported.";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            RefuseVersions(context.HttpContext.Request);
            return await next(context);
        }
        catch (Exception fault) when (Answer(fault) is { } answer && !context.HttpContext.Response.HasStarted)
        {
            var message = answer.IsOfService ? ServiceMessage.Of(context.HttpContext, answer.Message) : answer.Message;
            await GraphErrorAnswer.WriteAsync(context.HttpContext, answer.Status, answer.Code, message);
            return Results.Empty;
        }
    }

    // Nothing here has an etag, so nothing can match one.
    private static void RefuseVersions(HttpRequest request)
    {
        if (request.Headers.IfMatch is { Count: > 0 } tags && !tags.Contains("*"))
            throw new GraphFault(StatusCodes.Status412PreconditionFailed, "PreconditionFailed",
                "The resource has no etag; send If-Match: * or none.");
    }

    /// <summary>What the client is told of a fault; null for one of ours.</summary>
    public static GraphFault? Answer(Exception fault) => fault switch
    {
        GraphFault ours => ours,
        ODataException odata => GraphFault.BadRequest(odata.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new GraphFault(
            StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", "The request body is too large."),
        BadHttpRequestException bad => new GraphFault(bad.StatusCode, "BadRequest", bad.Message),
        // Half a surrogate pair in a body: the JSON reader finds out when the text is asked for.
        InvalidOperationException { Source: { } source } when source.StartsWith("System.Text.Json", StringComparison.Ordinal)
            => GraphFault.BadRequest("The request body holds text that is not valid Unicode."),
        // A filter that PostgreSQL or EF Core has no words for. Never answered with an unfiltered list.
        InvalidOperationException untranslated when untranslated.Message.Contains("could not be translated", StringComparison.Ordinal)
            => GraphFault.BadRequest(NotSupported),
        PostgresException { SqlState: PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.InvalidTextRepresentation }
            => GraphFault.BadRequest(NotSupported),
        _ when SlowQuery.IsOne(fault) => new GraphFault(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", SlowQuery.Message),
        _ => null,
    };
}
