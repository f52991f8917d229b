using System.ComponentModel.DataAnnotations;
using Quartz;

namespace VppManager.Api.Sync;

/// <summary>When tokens are synchronised (S1).</summary>
internal sealed class SyncOptions : IValidatableObject
{
    public const string Section = "Sync";

    /// <summary>A Quartz cron expression: seconds, minutes, hours, day of month, month, day of week. Twice a day unless set.</summary>
    [Required]
    public string Schedule { get; init; } = "0 0 6,18 ? * *";

    /// <summary>The time zone of the schedule.</summary>
    [Required]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Tokens do not start all at once: each has its own moment within this time after the schedule's.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "12:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan SpreadOver { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often everything is read. In between a sync reads the counts, and what Apple says has changed.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "31.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan FullReadEvery { get; init; } = TimeSpan.FromDays(1);

    /// <summary>An instance that has not been heard of for so long is taken for lost: its syncs go on elsewhere.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan NoticeLostInstanceAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Everything is to be read now unless it was after this moment: it would be too late at the next round.</summary>
    public DateTimeOffset WholeAfter(DateTimeOffset now)
    {
        var next = new CronExpression(Schedule, Zone).GetNextValidTimeAfter(now) ?? now;
        return (next < now + FullReadEvery ? next : now) - FullReadEvery;
    }

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Fault(Schedule) is { } fault)
            yield return new ValidationResult($"Schedule is no Quartz cron expression ('{Schedule}'): {fault}", [nameof(Schedule)]);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
            yield return new ValidationResult($"TimeZone is not known on this machine: '{TimeZone}'.", [nameof(TimeZone)]);
    }

    private static string? Fault(string schedule)
    {
        if (ScheduleFields.Fault(schedule) is { } outOfRange) return outOfRange;
        try
        {
            return new CronExpression(schedule).GetNextValidTimeAfter(TimeProvider.System.GetUtcNow()) is null ? "it never fires." : null;
        }
        catch (FormatException fault)
        {
            return fault.Message;
        }
    }
}
