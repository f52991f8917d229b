namespace VppManager.Api.Graph.Query;

/// <summary>A row with the values of its order keys, as the database has them: none where the item itself has them all.</summary>
internal sealed class Paged<TItem>
{
    public required TItem Item { get; init; }

    public object?[] Keys { get; init; } = [];
}
