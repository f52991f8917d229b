using System.Runtime.CompilerServices;

namespace VppManager.Apple;

/// <summary>One walk through all pages: attempts until one sees the same version from its first page to its last.</summary>
internal sealed class Traversal<TPage, TRow>(
    Func<int, CancellationToken, Task<TPage>> read, Func<TPage, IReadOnlyList<TRow>> rowsOf, WalkOptions options)
    where TPage : AnswerPage
{
    public async IAsyncEnumerable<PageOf<TRow>> RunAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var (resume, given) = (options.Resume, 0);
        for (var attempt = resume?.Attempt ?? options.FirstAttempt; ; attempt++, resume = null)
        {
            var toTheEnd = given >= options.TornAttempts;
            var torn = false;
            TPage? first = null;

            var pages = new PagesAhead<TPage>(read, toTheEnd ? 1 : Math.Clamp(options.Parallel, 1, 5), resume?.Pages ?? 0);
            await foreach (var (index, page) in pages.ReadAsync(ct))
            {
                first ??= page!;
                torn |= page is null || page.VersionId != (resume?.VersionId ?? first.VersionId);
                if (torn && !toTheEnd)
                    break;
                // It was given before the interruption; here it only tells the version.
                if (index < resume?.Pages)
                    continue;

                yield return Make(attempt, index, torn, page ?? first, page is null ? [] : rowsOf(page));
            }

            if (!torn || toTheEnd)
                yield break;
            given += resume is null ? 1 : 0;
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
