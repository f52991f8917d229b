namespace VppManager.Apple;

/// <summary>
/// One page of a walk through all pages. The set may change while it is read, and then the walk begins anew: drop what earlier attempts
/// gave when <see cref="IsFirst"/> comes round again.
/// </summary>
/// <typeparam name="T">The rows.</typeparam>
public sealed record PageOf<T>
{
    /// <summary>The attempt it belongs to, from 1. Only the last attempt of a walk counts.</summary>
    public required int Attempt { get; init; }

    /// <summary>The page's index within the attempt, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>How many pages there are, as far as this page knows.</summary>
    public required int TotalPages { get; init; }

    /// <summary>The state of the set this page belongs to. Keep the one of page 0 to read changes later.</summary>
    public required string? VersionId { get; init; }

    /// <summary>
    /// The set changed during this attempt, and it was read to its end all the same. Rows may be missing or twice: what is absent from it
    /// is not proved to be gone. Once true it stays so to the end of the walk.
    /// </summary>
    public required bool Torn { get; init; }

    /// <summary>The rows.</summary>
    public required IReadOnlyList<T> Rows { get; init; }

    /// <summary>The answer it came in, for the members that every answer carries.</summary>
    public required AnswerPage Answer { get; init; }

    /// <summary>Whether an attempt begins with it.</summary>
    public bool IsFirst => Index == 0;
}
