namespace VppManager.Api.Graph.Query;

/// <summary>A row with the values of its order keys, as the database has them.</summary>
internal sealed class Paged<TItem>
{
    public required TItem Item { get; init; }

    public required object?[] Keys { get; init; }
}
