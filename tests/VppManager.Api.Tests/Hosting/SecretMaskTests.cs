using Serilog;
using Serilog.Core;
using Serilog.Events;
using VppManager.Api.Hosting;

namespace VppManager.Api.Tests.Hosting;

public sealed class SecretMaskTests
{
    private const string Secret = "eyJ0b2tlbiI6InZlcnkgc2VjcmV0In0=";

    [Theory]
    [InlineData("Token")]
    [InlineData("secret")]
    [InlineData("AccessToken")]
    [InlineData("Authorization")]
    [InlineData("InviteCode")]
    public void Write_PropertyNamedLikeASecret_IsMasked(string name)
    {
        var line = Rendered(logger => logger.Information("Sent {" + name + "}", Secret));

        Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
        Assert.Contains(SecretMask.Mask, line, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SecretDeepInside_IsMaskedAndTheRestStays()
    {
        var line = Rendered(logger => logger.Information("Sent {@Body}", new { Name = "location", Parts = new[] { new { sToken = Secret } }, More = new Dictionary<string, string> { ["token"] = Secret } }));

        Assert.DoesNotContain(Secret, line, StringComparison.Ordinal);
        Assert.Contains("location", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_IdOfAToken_IsKept()
    {
        Assert.Contains("42", Rendered(logger => logger.Information("Token {TokenId} synced", 42)), StringComparison.Ordinal);
    }

    private static string Rendered(Action<Logger> write)
    {
        var seen = new Seen();
        using (var logger = new LoggerConfiguration().Enrich.With<SecretMask>().WriteTo.Sink(seen).CreateLogger()) write(logger);

        using var text = new StringWriter();
        new Serilog.Formatting.Compact.RenderedCompactJsonFormatter().Format(Assert.Single(seen.Events), text);
        return text.ToString();
    }

    private sealed class Seen : ILogEventSink
    {
        public List<LogEvent> Events { get; } = [];

        public void Emit(LogEvent logEvent) => Events.Add(logEvent);
    }
}
