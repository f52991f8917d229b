using System.ComponentModel.DataAnnotations;

namespace VppManager.Api.Licenses;

/// <summary>How licensing goes about its work.</summary>
internal sealed class LicensingOptions : IValidatableObject
{
    public const string Section = "Licensing";

    /// <summary>Seats that are taken within this time of each other go to Apple together.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan GatherFor { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>While changes keep coming, Apple is told after this time at the latest.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan GatherAtMost { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When an event's status is first asked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same where Apple sends notifications: by then they are taken for lost. Apple says five minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan FirstPollWithNotifications { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait between two questions about a pending event. Apple asks for 30 seconds or more.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A request whose event is pending for longer is sent again. Apple says ten minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan SendAgainAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a worker may be silent before another takes its work over. Longer than a call to Apple may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>How long a request waits when its token cannot be used, or Apple is out of reach.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "1.00:00:00")]
    public TimeSpan TryAgainAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests to Apple under way at once, in this instance. The pace of a location bounds them together.</summary>
    [Range(1, 64)]
    public int Senders { get; init; } = 4;

    /// <summary>Workers also look by themselves this often, should a wake-up be lost.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a notification of an event that nobody knows waits for Apple's answer to our own request; then it is somebody else's.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan UnknownEventsFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A location that somebody else has changed is synchronised after this time, once for all that changes within it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan LookAgainAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the ids of notifications are kept, to know a repeated one.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "90.00:00:00")]
    public TimeSpan KeepNotifications { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A preview that takes longer is given up: it keeps others from settling the tenant's licences meanwhile.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan PreviewFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait after so many attempts: twice as long each time, a quarter of an hour at most.</summary>
    public TimeSpan PatienceAfter(int attempts)
    {
        var longest = TimeSpan.FromMinutes(15);
        var wait = TryAgainAfter * Math.Pow(2, Math.Clamp(attempts - 1, 0, 10));
        return wait < longest ? wait : longest;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (GatherAtMost < GatherFor) yield return new ValidationResult("GatherAtMost must not be shorter than GatherFor.", [nameof(GatherAtMost)]);
    }
}
