namespace VppManager.Api.Graph.Relations;

/// <summary>The first objects of a collection that has more: the answer tells where the others are.</summary>
internal interface IHasMore
{
    /// <summary>The query that asks for the others.</summary>
    string Rest { get; }
}

internal sealed class FirstOf<TItem>(IEnumerable<TItem> items, string rest) : List<TItem>(items), IHasMore
{
    public string Rest => rest;
}
