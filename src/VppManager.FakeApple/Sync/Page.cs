namespace VppManager.FakeApple.Sync;

/// <summary>Where a page lies in a set.</summary>
internal readonly record struct Page(int Index, int Start, int Size, int TotalPages)
{
    public int? Next => Index + 1 < TotalPages ? Index + 1 : null;

    /// <summary>Nothing when the index lies outside the set.</summary>
    public static Page? Of(int index, int count, int pageSize, int emptyTotalPages)
    {
        var pages = count == 0 ? emptyTotalPages : (count + pageSize - 1) / pageSize;
        if (index < 0 || (index > 0 && index >= pages)) return null;

        var start = Math.Min((long)index * pageSize, count);

        return new Page(index, (int)start, (int)Math.Min(pageSize, count - start), pages);
    }
}
