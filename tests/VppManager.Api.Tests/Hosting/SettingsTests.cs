using System.Diagnostics;
using VppManager.Api.Hosting;

namespace VppManager.Api.Tests.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public async Task Start_SeveralBadSettings_TellsAllInOneMessageWithoutATrace()
    {
        var (exitCode, output, errors) = await ServiceProgram.RunAsync([], new()
        {
            ["Database__MigrateAtStart"] = "perhaps",
            ["Server__MaxBodyBytes"] = "1",
            ["Metrics__Token"] = "hidden-word",
            ["NanoMdm__ApiKey"] = "hidden-word",
            ["NanoMdm__WebhookSecret"] = "hidden-word",
            ["Apple__DeveloperKey"] = "hidden-word",
        });

        Assert.Equal(2, exitCode);
        Assert.Contains("Database:MigrateAtStart", errors, StringComparison.Ordinal);
        Assert.Contains("MaxBodyBytes", errors, StringComparison.Ordinal);
        Assert.Contains("Metrics", errors, StringComparison.Ordinal);
        Assert.Contains("NanoMdm", errors, StringComparison.Ordinal);
        Assert.Contains("Apple", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", output + errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_DatabaseNotThere_SaysSoWithoutATrace()
    {
        var (exitCode, output, errors) = await ServiceProgram.RunAsync([], new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["ConnectionStrings__VppManager"] = "Host=127.0.0.1;Port=1;Username=nobody;Password=hidden-word",
            ["Serilog__MinimumLevel__Default"] = "Verbose",
        });

        Assert.Equal(2, exitCode);
        Assert.Contains("ConnectionStrings:VppManager", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output + errors, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownCommand_NamesTheCommands()
    {
        var (exitCode, _, errors) = await ServiceProgram.RunAsync(["migarte"], []);

        Assert.Equal(2, exitCode);
        Assert.Contains("migrate", errors, StringComparison.Ordinal);
    }
}

/// <summary>The service as a person starts it: a process of its own.</summary>
internal static class ServiceProgram
{
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments, Dictionary<string, string> environment)
    {
        var ct = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("dotnet", [typeof(StartRefusedException).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var errors = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return (process.ExitCode, await output, await errors);
    }
}
