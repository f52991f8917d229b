using System.Runtime.CompilerServices;

namespace VppManager.Apple;

/// <summary>One walk through all pages: attempts until one sees the same version from its first page to its last.</summary>
internal sealed class Traversal<TPage, TRow>(
    Func<int, CancellationToken, Task<TPage>> read, Func<TPage, IReadOnlyList<TRow>> rowsOf, WalkOptions options)
    where TPage : AnswerPage
{
    public async IAsyncEnumerable<PageOf<TRow>> RunAsync([EnumeratorCancellation] CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var toTheEnd = attempt > options.TornAttempts;
            var torn = false;
            TPage? first = null;

            var pages = new PagesAhead<TPage>(read, toTheEnd ? 1 : Math.Clamp(options.Parallel, 1, 5));
            await foreach (var (index, page) in pages.ReadAsync(ct))
            {
                first ??= page!;
                torn |= page is null || page.VersionId != first.VersionId;
                if (torn && !toTheEnd)
                    break;

                yield return Make(attempt, index, torn, page ?? first, page is null ? [] : rowsOf(page));
            }

            if (!torn || toTheEnd)
                yield break;
        }
    }

    private static PageOf<TRow> Make(int attempt, int index, bool torn, TPage answer, IReadOnlyList<TRow> rows) => new()
    {
        Attempt = attempt,
        Index = index,
        TotalPages = Math.Max(answer.TotalPages, index + 1),
        VersionId = answer.VersionId,
        Torn = torn,
        Rows = rows,
        Answer = answer,
    };
}
