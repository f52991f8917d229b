using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Relations;

/// <summary>The devices behind how a book stands with users. A summary's id is that of the user and that of the book.</summary>
internal static class BookStates
{
    public static async Task FillAsync(GraphReadContext db, IReadOnlyList<UserInstallStateSummary> summaries, CancellationToken ct)
    {
        var ids = summaries.Select(summary => summary.Id).ToArray();
        var books = ids.Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..]).Distinct().ToArray();
        var states = await db.BookDeviceStates
            .Where(row => books.Contains(EF.Property<string>(row, BookMapping.BookId)) && ids.Contains(EF.Property<string?>(row, BookMapping.SummaryId)))
            .OrderBy(row => row.Id)
            .Select(row => new { Summary = EF.Property<string?>(row, BookMapping.SummaryId), State = row })
            .ToListAsync(ct);
        var bySummary = states.ToLookup(row => row.Summary, row => row.State);
        foreach (var summary in summaries) summary.DeviceStates = [.. bySummary[summary.Id]];
    }
}
