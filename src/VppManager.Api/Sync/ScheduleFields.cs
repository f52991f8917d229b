using System.Globalization;
using System.Text.RegularExpressions;

namespace VppManager.Api.Sync;

/// <summary>The range of each field of a cron expression. Quartz itself takes some numbers out of range for "any".</summary>
internal static partial class ScheduleFields
{
    private static readonly (string Name, int Least, int Most)[] Fields =
    [
        ("seconds", 0, 59), ("minutes", 0, 59), ("hours", 0, 23), ("day of month", 1, 31), ("month", 1, 12), ("day of week", 1, 7), ("year", 1970, 2199),
    ];

    /// <summary>What is out of range; null when nothing is.</summary>
    public static string? Fault(string schedule)
    {
        var parts = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Zip(Fields, Fault).FirstOrDefault(fault => fault is not null);
    }

    private static string? Fault(string part, (string Name, int Least, int Most) field)
    {
        foreach (Match match in Number().Matches(part))
        {
            // How often, the how many-th, or how long before the end of the month.
            var counts = match.Groups["sign"].Value is "/" or "#" or "L-";
            var number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            if (number > field.Most || number < (counts ? 1 : field.Least))
                return $"{field.Name} has {number}, which is not between {field.Least} and {field.Most}.";
        }
        return null;
    }

    [GeneratedRegex(@"(?<sign>/|#|L-|)(?<number>\d{1,9})", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
