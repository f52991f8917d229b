using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace VppManager.Apple.Tests.Client;

public sealed class OptionsTests
{
    [Fact]
    public void Options_NothingSet_AreApplesOwnHost() =>
        Assert.Equal(new Uri("https://vpp.itunes.apple.com"), Options([]).BaseAddress);

    [Fact]
    public void Options_Section_IsRead()
    {
        var options = Options(new() { ["Apple:BaseAddress"] = "http://127.0.0.1:5081", ["Apple:AttemptTimeout"] = "00:00:05" });

        Assert.Equal((new Uri("http://127.0.0.1:5081"), TimeSpan.FromSeconds(5)), (options.BaseAddress, options.AttemptTimeout));
    }

    [Fact]
    public void Options_SeveralWrong_AreAllNamedAtOnce()
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => Options(new()
        {
            ["Apple:BaseAddress"] = "ftp://apple.example",
            ["Apple:Retries"] = "99",
            ["Apple:LimitsMaxAge"] = "01:00:00",
        }));

        Assert.Equal(3, refusal.Failures.Count());
        Assert.All(["BaseAddress", "Retries", "LimitsMaxAge"], name => Assert.Contains(name, refusal.Message, StringComparison.Ordinal));
    }

    private static AppleOptions Options(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddAppleClient();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<AppleOptions>>().Value;
    }
}
