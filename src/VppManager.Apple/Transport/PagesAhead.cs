using System.Runtime.CompilerServices;

namespace VppManager.Apple;

/// <summary>Reads pages in order, some of them ahead of who takes them, and never more than those at a time.</summary>
/// <param name="read">Reads one page.</param>
/// <param name="ahead">How many at a time.</param>
/// <param name="skip">So many of the first pages are left out, but for the very first.</param>
internal sealed class PagesAhead<TPage>(Func<int, CancellationToken, Task<TPage>> read, int ahead, int skip = 0)
    where TPage : AnswerPage
{
    private readonly Queue<Task<TPage?>> reading = new();
    private int next = Math.Max(1, skip);
    private int total;

    /// <summary>
    /// The pages with their indexes. No page under an index: it had been announced and is gone, and so is what would follow.
    /// </summary>
    public async IAsyncEnumerable<(int Index, TPage? Page)> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            var page = await read(0, ct);
            for (var index = 0; ; index = Math.Max(index + 1, skip))
            {
                ReadOn(page, leaving.Token);
                yield return (index, page);

                if (page is null || !reading.TryDequeue(out var following))
                    break;
                page = await following;
            }
        }
        finally
        {
            await leaving.CancelAsync();
            await Task.WhenAll(reading.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void ReadOn(TPage? page, CancellationToken ct)
    {
        // The larger of the two: a page too many is noticed, a page too few is not.
        total = page is null ? next : Math.Max(page.TotalPages, page.NextPageIndex + 1 ?? 0);

        while (reading.Count < ahead && next < total)
            reading.Enqueue(TryReadAsync(next++, ct));
    }

    private async Task<TPage?> TryReadAsync(int index, CancellationToken ct)
    {
        try
        {
            return await read(index, ct);
        }
        catch (AppleException refusal) when (refusal.Meaning is AppleErrorMeaning.PageOutOfRange)
        {
            return null;
        }
    }
}
