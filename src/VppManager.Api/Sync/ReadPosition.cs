using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;

namespace VppManager.Api.Sync;

/// <summary>A list of Apple's that can be read since a version.</summary>
internal enum AppleList
{
    Assignments,
    Users,
}

/// <summary>Up to which version a list of a location was read.</summary>
internal sealed class ReadPosition
{
    public Guid LocationId { get; init; }
    public AppleList List { get; init; }

    /// <summary>The version of the first page of the latest reading: what changed meanwhile is read again.</summary>
    public required string VersionId { get; init; }

    public DateTimeOffset ReadAt { get; init; }

    /// <summary>When it was last read whole. Removals do not show otherwise.</summary>
    public DateTimeOffset ReadWholeAt { get; init; }
}

/// <summary>Since which versions to read; null: everything.</summary>
internal sealed record ReadSince(string? Assignments, string? Users)
{
    public static readonly ReadSince Nothing = new(null, null);

    public static async Task<ReadSince> FindAsync(VppContext context, Guid location, DateTimeOffset wholeAfter, CancellationToken ct)
    {
        var lists = await context.ReadPositions.AsNoTracking().Where(list => list.LocationId == location).ToListAsync(ct);
        return lists.Exists(list => list.ReadWholeAt < wholeAfter) ? Nothing : new ReadSince(Of(AppleList.Assignments), Of(AppleList.Users));

        string? Of(AppleList which) => lists.Find(list => list.List == which)?.VersionId;
    }
}
