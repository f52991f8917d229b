using System.Globalization;

namespace VppManager.FakeApple.Transport;

/// <summary>Something that goes wrong with one request.</summary>
public sealed record Fault
{
    /// <summary>Answer with this status and no useful body.</summary>
    public int? Status { get; init; }

    /// <summary>Answer with Apple's error body of this number.</summary>
    public int? ErrorNumber { get; init; }

    /// <summary>Answer with this page instead of JSON.</summary>
    public string? Html { get; init; }

    /// <summary>Value of <c>Retry-After</c>.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Wait before going on, on the machine's own clock.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Close the connection without an answer.</summary>
    public bool Drop { get; init; }

    /// <summary>Send half of the answer, then close the connection.</summary>
    public bool Truncate { get; init; }

    /// <summary>Whether the request takes effect before it fails.</summary>
    public bool Processed { get; init; }

    public static Fault Answer(int status) => new() { Status = status };

    public static Fault Error(int number, int? status = null) => new() { ErrorNumber = number, Status = status };

    public static Fault Page(int status = 200, string html = "<html><body>We'll be back soon</body></html>") => new() { Status = status, Html = html };

    public static Fault Slow(TimeSpan delay) => new() { Delay = delay, Processed = true };

    /// <summary>The connection breaks; <paramref name="processed"/> says whether the work was accepted before.</summary>
    public static Fault Dropped(bool processed = true) => new() { Drop = true, Processed = processed };

    public static Fault Truncated() => new() { Truncate = true, Processed = true };

    public Fault After(TimeSpan wait) => this with { RetryAfter = ((int)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture) };

    public Fault After(DateTimeOffset date) => this with { RetryAfter = date.ToString("R", CultureInfo.InvariantCulture) };

    public Fault AfterProcessing() => this with { Processed = true };

    internal AppleAnswer Spoil(AppleAnswer? answer)
    {
        if (Drop) return new AppleAnswer(0, []) { Cut = Cut.AtOnce };
        if (Html is not null) return new AppleAnswer(Status ?? 200, System.Text.Encoding.UTF8.GetBytes(Html), "text/html") { RetryAfter = RetryAfter };
        if (ErrorNumber is { } number) return AppleAnswer.Of(new AppleError(number, HttpStatus: Status)) with { RetryAfter = RetryAfter };
        if (Status is { } status) return new AppleAnswer(status, [], "text/plain") { RetryAfter = RetryAfter };

        answer ??= new AppleAnswer(500, []);

        return answer with { RetryAfter = RetryAfter, Cut = Truncate ? Cut.Halfway : Cut.None };
    }
}
