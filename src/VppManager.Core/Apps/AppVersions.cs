namespace VppManager.Core.Apps;

/// <summary>Versions of apps, compared number by number.</summary>
public static class AppVersions
{
    /// <summary>Whether a store has a newer version than is installed.</summary>
    /// <param name="installed">What the device has; null when it did not say.</param>
    /// <param name="latest">What the store has; null when it is not known.</param>
    /// <returns>False when either is unknown. What is no number counts as different, and so as older.</returns>
    public static bool IsOlder(string? installed, string? latest)
    {
        if (installed is null || latest is null || installed == latest) return false;
        if (Numbers(installed) is not { } have || Numbers(latest) is not { } want) return true;

        for (var n = 0; n < Math.Max(have.Length, want.Length); n++)
        {
            var (one, other) = (n < have.Length ? have[n] : 0, n < want.Length ? want[n] : 0);
            if (one != other) return one < other;
        }

        return false;
    }

    private static long[]? Numbers(string version)
    {
        var parts = version.Split('.');
        var numbers = new long[parts.Length];
        for (var n = 0; n < parts.Length; n++)
        {
            if (!long.TryParse(parts[n], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out numbers[n])) return null;
        }

        return numbers;
    }
}
