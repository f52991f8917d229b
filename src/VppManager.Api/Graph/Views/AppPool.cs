namespace VppManager.Api.Graph.Views;

/// <summary>The pool that an app has its seats from.</summary>
internal sealed class AppPool
{
    public required string Id { get; init; }
    public Guid PoolId { get; init; }
}
