using System.Globalization;
using CsCheck;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Model;

/// <summary>
/// Random stories told to the running service and to a naive model in memory: after each step the holders, the queue and the reasons are equal, and
/// each device that checks in is told what the model says. <c>VPP_MODEL</c> tells more stories, <c>VPP_MODEL_SEED</c> one again.
/// </summary>
public sealed class ModelTests(ServiceFixture service, ITestOutputHelper output) : IClassFixture<ServiceFixture>
{
    private static readonly Gen<Drawn[]> Stories =
        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999], Gen.Int[0, 999], (what, a, b, c) => new Drawn(what, a, b, c)).Array[15, 30];

    [Fact]
    [Trait("Rule", "L1"), Trait("Rule", "L2"), Trait("Rule", "L4"), Trait("Rule", "L5"), Trait("Rule", "L6"), Trait("Rule", "L7"), Trait("Rule", "L16"), Trait("Rule", "L17"),
     Trait("Rule", "L18"), Trait("Rule", "L19"), Trait("Rule", "L20"), Trait("Rule", "L21"), Trait("Rule", "A1"), Trait("Rule", "A3"), Trait("Rule", "A6"), Trait("Rule", "A7"),
     Trait("Rule", "D1"), Trait("Rule", "D2")]
    public async Task AnyStory_ToldToServiceAndModel_HoldersQueueReasonsAndActionsAreEqual()
    {
        var (stories, steps) = (Number("VPP_MODEL") ?? 8, 0);
        await Stories.SampleAsync(
            async story =>
            {
                await new ModelRun(service).TellAsync(story);
                Interlocked.Add(ref steps, story.Length);
            },
            output.WriteLine, Environment.GetEnvironmentVariable("VPP_MODEL_SEED"), stories, threads: Math.Min(stories, 8));
        output.WriteLine($"{stories} stories, {steps} steps.");
        Assert.True(steps >= stories * 15);
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
