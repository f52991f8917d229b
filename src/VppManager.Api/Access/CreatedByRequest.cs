namespace VppManager.Api.Access;

/// <summary>
/// What a POST made, kept for a day: a client that lost the answer sends the POST again with the same id, and gets what was made the first time.
/// </summary>
internal sealed class CreatedByRequest
{
    public required string RequestId { get; init; }
    public required string Collection { get; init; }
    public required string ResourceId { get; init; }
    public DateTimeOffset At { get; init; }
}
