using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using VppManager.FakeApple.Licenses;

namespace VppManager.Api.Tests.Licenses.Schedules;

/// <summary>
/// Random schedules of all that can happen, many tenants at once, on two instances. Whatever happens, when it is over the service and Apple agree
/// and nobody was wronged. <c>VPP_SCHEDULES</c> runs more of them, <c>VPP_AT_ONCE</c> at a time, of different lengths, with notifications and with more instances that
/// are killed again and again; <c>VPP_SEED</c> one alone.
/// </summary>
public sealed class ScheduleTests(ScheduleFixture service, ITestOutputHelper output) : IClassFixture<ScheduleFixture>
{
    private const int Length = 40;

    private static int AtOnce => Number("VPP_AT_ONCE") ?? 16;

    [Fact]
    [Trait("Rule", "L4"), Trait("Rule", "L5"), Trait("Rule", "L6"), Trait("Rule", "L7"), Trait("Rule", "S5"), Trait("Rule", "S6"), Trait("Rule", "A7")]
    public async Task Anything_InAnyOrder_ServiceAndAppleAgreeInTheEnd()
    {
        var seeds = Number("VPP_SEED") is { } one ? [one] : Enumerable.Range(Random.Shared.Next(1_000_000), Number("VPP_SCHEDULES") ?? 10).ToArray();
        service.Apple.Settings.Exhaustion = (ExhaustionPolicy)(seeds[0] % 3);
        service.Apple.Settings.UnknownUsersFailLater = seeds[0] % 2 == 0;
        var failures = new ConcurrentQueue<string>();
        var (since, work) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);
        var steps = 0;
        using var end = new CancellationTokenSource();
        var killers = Enumerable.Range(0, ScheduleFixture.IsStormy ? ScheduleFixture.Killers : 0).Select(n => Killer.RunAsync(service, n, seeds[0], end.Token)).ToArray();

        await Parallel.ForEachAsync(seeds, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (seed, _) =>
        {
            var schedule = new Schedule(service, seed);
            try
            {
                await schedule.RunAsync(LengthOf(seed));
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Enqueue($"Seed {seed} (alone again: {(ScheduleFixture.IsStormy ? "VPP_SCHEDULES=1 " : "")}VPP_SEED={seed})\n{failure.Message}\n{schedule.Story}\n{string.Join('\n', service.Hosts.SelectMany(host => host.Log.Errors).TakeLast(3))}\n");
            }

            Interlocked.Add(ref steps, schedule.Steps);
        });

        await end.CancelAsync();
        var killed = (await Task.WhenAll(killers)).Sum();
        work = Process.GetCurrentProcess().TotalProcessorTime - work;
        output.WriteLine(
            $"{seeds.Length} schedules from seed {seeds[0]}, {steps} steps, {since.Elapsed.TotalSeconds:F0} s ({work.TotalSeconds:F0} s of work), {killed} instances killed, {failures.Count} failed");
        Assert.True(failures.IsEmpty, string.Join('\n', failures));
    }

    // Many short ones come upon more than few long ones.
    private static int LengthOf(int seed) => ScheduleFixture.IsStormy ? 10 + seed % (Length - 9) : Length;

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
