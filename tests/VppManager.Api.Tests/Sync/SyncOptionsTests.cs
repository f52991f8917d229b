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
    [InlineData("0 0 6 ? * * 1999")]
    public void Schedule_NoCronExpressionThatEverFires_IsNamedAsFault(string schedule) =>
        Assert.Contains(Faults(new SyncOptions { Schedule = schedule }), fault => fault.Contains("Schedule", StringComparison.Ordinal));

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
