using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Control;

/// <summary>A fault for the next requests to a path.</summary>
/// <param name="Path">End of the path, or a pattern with <c>*</c>.</param>
internal sealed record NewFault(
    string Path,
    int? Count,
    string? LocationUid,
    int? Status,
    int? ErrorNumber,
    string? Html,
    string? RetryAfter,
    int? DelayMilliseconds,
    bool? Drop,
    bool? Truncate,
    bool? Processed)
{
    public Fault ToFault() => new()
    {
        Status = Status,
        ErrorNumber = ErrorNumber,
        Html = Html,
        RetryAfter = RetryAfter,
        Delay = TimeSpan.FromMilliseconds(DelayMilliseconds ?? 0),
        Drop = Drop ?? false,
        Truncate = Truncate ?? false,
        Processed = Processed ?? (Status is null && ErrorNumber is null && Html is null),
    };
}

/// <summary>What goes wrong next.</summary>
internal static class FaultEndpoints
{
    public static void MapFaults(this IEndpointRouteBuilder routes, FakeAppleServer server)
    {
        var group = routes.MapGroup("/faults").WithTags("Faults");
        group.MapGet("/", () => server.Faults.Planned);
        group.MapPost("/", (NewFault body) =>
        {
            server.Faults.Next(body.Path, body.Count ?? 1, body.ToFault(), body.LocationUid);

            return server.Faults.Planned;
        });
        group.MapDelete("/", () =>
        {
            server.Faults.Clear();

            return Results.NoContent();
        });
    }
}
