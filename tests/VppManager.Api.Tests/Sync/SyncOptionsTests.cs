using System.ComponentModel.DataAnnotations;
using VppManager.Api.Sync;

namespace VppManager.Api.Tests.Sync;

public sealed class SyncOptionsTests
{
    [Fact, Trait("Rule", "S1")]
    public void Defaults_AsTheyAre_AreValid() => Assert.Empty(Faults(new SyncOptions()));

    [Theory]
    [InlineData("every now and then")]
    [InlineData("0 0 24 ? * *")]
    [InlineData("99 0 6 ? * *")]
    [InlineData("0 0 6,99 ? * *")]
    [InlineData("0 0 6 99 * ?")]
    [InlineData("0 0 6 ? 99 *")]
    [InlineData("0 0 6 ? * 99")]
    [InlineData("0 0/99 6 ? * *")]
    [InlineData("0 0 6 ? * * 1999")]
    public void Schedule_NoCronExpressionThatEverFires_IsNamedAsFault(string schedule) =>
        Assert.Contains(Faults(new SyncOptions { Schedule = schedule }), fault => fault.Contains("Schedule", StringComparison.Ordinal));

    [Theory]
    [InlineData("0 0/15 6-18 ? * MON-FRI")]
    [InlineData("0 0 6 L-3 * ?")]
    [InlineData("0 0 6 ? * 6#3 2026-2099")]
    [InlineData("0/2 * * ? * *")]
    public void Schedule_CronExpressionOfAnyForm_IsValid(string schedule) => Assert.Empty(Faults(new SyncOptions { Schedule = schedule }));

    [Fact, Trait("Rule", "S1")]
    public void WholeAfter_TwoRoundsADay_MakesOneOfThemFull()
    {
        var options = new SyncOptions();
        var first = new DateTimeOffset(2026, 5, 4, 6, 17, 0, TimeSpan.Zero);

        Assert.True(first > options.WholeAfter(first.AddHours(12)), "The second of the day reads everything.");
        Assert.False(first > options.WholeAfter(first.AddHours(24)), "The first of the next day does not.");
    }

    [Fact]
    public void TimeZone_Unknown_IsNamedAsFault() =>
        Assert.Contains(Faults(new SyncOptions { TimeZone = "Mars/Olympus" }), fault => fault.Contains("Mars/Olympus", StringComparison.Ordinal));

    private static IEnumerable<string> Faults(SyncOptions options)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), faults, validateAllProperties: true);
        return faults.Select(fault => fault.ErrorMessage!);
    }
}
