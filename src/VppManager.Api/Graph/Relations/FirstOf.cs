namespace VppManager.Api.Graph.Relations;

/// <summary>The first objects of a collection that has more: the answer tells where the others are.</summary>
internal interface IHasMore
{
    int Count { get; }
}

internal sealed class FirstOf<TItem>(IEnumerable<TItem> items) : List<TItem>(items), IHasMore;
