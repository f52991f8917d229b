using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace VppManager.Apple.Tests.Client;

/// <summary>A clock that stands still, and says which waits the client has begun: a test awaits the next and lets it pass.</summary>
internal sealed class StepClock : FakeTimeProvider
{
    public static readonly TimeSpan Attempt = TimeSpan.FromSeconds(29);
    public static readonly TimeSpan Total = TimeSpan.FromSeconds(599);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Channel<TimeSpan> waits = Channel.CreateUnbounded<TimeSpan>();

    public StepClock() : base(new DateTimeOffset(2030, 5, 6, 7, 8, 9, TimeSpan.Zero))
    {
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime != Attempt && dueTime != Total && dueTime != Patience)
            waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until the client waits, lets that time pass, and says how long it was.</summary>
    public async Task<TimeSpan> PassNextWaitAsync()
    {
        var wait = await waits.Reader.ReadAsync(TestContext.Current.CancellationToken);
        Advance(wait);
        return wait;
    }
}
