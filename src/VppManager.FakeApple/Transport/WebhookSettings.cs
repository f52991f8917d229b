namespace VppManager.FakeApple.Transport;

/// <summary>How notifications are delivered.</summary>
public sealed class WebhookSettings
{
    /// <summary>Waits before the second and the third attempt, on the fake's clock.</summary>
    public IReadOnlyList<TimeSpan> RetryDelays { get; set; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3)];

    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Take http addresses on loopback; Apple itself takes https only.</summary>
    public bool AllowLoopbackHttp { get; set; } = true;

    /// <summary>Do the event and deliver its notifications before the triggering request is answered.</summary>
    public bool BeforeResponse { get; set; }
}
