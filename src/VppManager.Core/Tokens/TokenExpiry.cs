namespace VppManager.Core.Tokens;

/// <summary>How urgent a warning is.</summary>
public enum ExpiryLevel
{
    /// <summary>A month or more is left.</summary>
    Notice,

    /// <summary>Two weeks or less are left.</summary>
    Warning,

    /// <summary>A day is left, or none.</summary>
    Critical,
}

/// <summary>A token that ends soon, or has ended.</summary>
/// <param name="Threshold">Which of <see cref="TokenExpiry.Thresholds"/> was passed; 0 when it has ended.</param>
/// <param name="DaysLeft">Whole days left, never less than 0.</param>
/// <param name="Level">How urgent it is.</param>
public sealed record ExpiryWarning(int Threshold, int DaysLeft, ExpiryLevel Level);

/// <summary>When to warn of the end of a token (T15).</summary>
public static class TokenExpiry
{
    /// <summary>Days before the end at which to warn.</summary>
    public static readonly IReadOnlyList<int> Thresholds = [60, 30, 14, 7, 1];

    /// <summary>The warning that holds at a moment.</summary>
    /// <param name="expiresAt">The end of the token.</param>
    /// <param name="now">The moment.</param>
    /// <returns>The warning; null while there is time enough.</returns>
    public static ExpiryWarning? WarningOf(DateTimeOffset expiresAt, DateTimeOffset now)
    {
        var left = expiresAt - now;
        if (left <= TimeSpan.Zero) return new ExpiryWarning(0, 0, ExpiryLevel.Critical);

        var passed = Thresholds.Where(days => left <= TimeSpan.FromDays(days)).ToList();
        return passed.Count == 0 ? null : new ExpiryWarning(passed[^1], (int)left.TotalDays, LevelOf(passed[^1]));
    }

    private static ExpiryLevel LevelOf(int threshold) => threshold switch
    {
        <= 1 => ExpiryLevel.Critical,
        <= 14 => ExpiryLevel.Warning,
        _ => ExpiryLevel.Notice,
    };
}
