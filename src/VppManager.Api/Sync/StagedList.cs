using VppManager.Apple;

namespace VppManager.Api.Sync;

/// <summary>One list as far as it is staged.</summary>
/// <param name="Attempt">The attempt whose rows count.</param>
/// <param name="VersionId">The version of its first page.</param>
/// <param name="Torn">It changed while it was read, and was read to its end all the same.</param>
/// <param name="ReadSince">The moment before it was read: what changed later is newer than what was read.</param>
internal sealed record StagedList(int Attempt, string? VersionId, int Pages, long Rows, bool Torn, DateTimeOffset ReadSince)
{
    public const string Assets = "assets";
    public const string Assignments = "assignments";
    public const string Users = "users";

    /// <summary>What has changed of a list has a name of its own: no reading of the whole goes on from there.</summary>
    public const string AssignmentsSince = "assignments since";
    public const string UsersSince = "users since";

    /// <summary>Everything is in it; else only what had changed.</summary>
    public bool Whole { get; init; } = true;

    /// <summary>With one more page.</summary>
    public StagedList With<T>(PageOf<T> page) => page.IsFirst
        ? this with { Attempt = page.Attempt, VersionId = page.VersionId, Pages = 1, Rows = page.Rows.Count, Torn = page.Torn }
        : this with { Attempt = page.Attempt, Pages = page.Index + 1, Rows = Rows + page.Rows.Count, Torn = Torn || page.Torn };

    /// <summary>Where to go on reading; null when it cannot be continued.</summary>
    public WalkPosition? Position => VersionId is null || Torn || Pages == 0 ? null : new WalkPosition(Attempt, VersionId, Pages);
}

/// <summary>An app whose holders were read once more, by themselves.</summary>
internal sealed record RereadAsset(string AdamId, StagedList Holders);

/// <summary>What a sync has read.</summary>
internal sealed record StagedSync(StagedList Assets, StagedList Licenses, StagedList Users, IReadOnlyList<RereadAsset> Again);
