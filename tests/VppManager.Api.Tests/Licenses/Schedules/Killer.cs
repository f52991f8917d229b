namespace VppManager.Api.Tests.Licenses.Schedules;

/// <summary>Starts an instance of the service, lets it work for a moment, and kills it; again and again.</summary>
internal static class Killer
{
    /// <returns>How many were killed when there was nothing left to do.</returns>
    public static async Task<int> RunAsync(ScheduleFixture service, int killer, int seed, CancellationToken end)
    {
        var random = new Random(seed + killer);
        for (var killed = 0; ; killed++)
        {
            if (end.IsCancellationRequested) return killed;

            using var mortal = await service.StartMortalAsync(killer);
            await LiveAsync(TimeSpan.FromMilliseconds(random.Next(200, 2_500)), end);
            await mortal.KillAsync();
        }
    }

    private static async Task LiveAsync(TimeSpan time, CancellationToken end)
    {
        using var timer = new PeriodicTimer(time);
        try
        {
            await timer.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // It dies a little earlier.
        }
    }
}
