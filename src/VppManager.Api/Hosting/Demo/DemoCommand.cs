using System.Globalization;
using System.Net.Http.Headers;
using VppManager.Api.Access;

namespace VppManager.Api.Hosting.Demo;

/// <summary>
/// <c>demo</c>: does the main job on a running service and a running fake Apple service, in front of a person's eyes.
/// <c>demo --seed</c>: fills a small organisation instead.
/// </summary>
internal static class DemoCommand
{
    private static readonly string[] Addresses = ["api", "apple"];

    private const string Usage = "Usage: demo --api <url> --apple <url of the fake Apple service> --tenant <guid> [--seed]";

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors, CancellationToken ct)
    {
        var line = CommandLine.Parse(args, names: [.. Addresses, "tenant"], switches: ["seed"]);
        if ((line.Fault ?? Fault(line)) is { } fault) throw new StartRefusedException($"{fault}\n{Usage}");

        try
        {
            await RunAsync(line, output, ct);
            return 0;
        }
        catch (Exception failure) when (failure is DemoFailedException or HttpRequestException)
        {
            await errors.WriteLineAsync($"\nThe demo failed. {failure.Message}");
            return DemoFailedException.ExitCode;
        }
    }

    private static async Task RunAsync(CommandLine line, TextWriter output, CancellationToken ct)
    {
        var (tenant, seed) = (Guid.Parse(line["tenant"]!), line.Has("seed"));
        var story = new DemoStory(output);
        Action<string> asked = seed ? _ => { } : story.Asked;

        using var api = new HttpClient { BaseAddress = new Uri(line["api"]!) };
        using var fake = new HttpClient { BaseAddress = new Uri(line["apple"]!) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenFor(tenant));

        var apple = new DemoApple(new DemoClient(fake, "Apple", asked), LocationOf(tenant));
        var organization = new DemoOrganization(new DemoClient(api, "VppManager", asked), story);
        await (seed ? new Seed(organization, apple, story).RunAsync(ct) : new MainJob(organization, apple, story).RunAsync(ct));
    }

    private static string? Fault(CommandLine line)
    {
        if (!IsDevelopment()) return "The demo needs a token for development, which is for the Development environment alone (ASPNETCORE_ENVIRONMENT).";
        if (!Guid.TryParse(line["tenant"], out var tenant) || tenant == Guid.Empty) return "--tenant needs a GUID.";

        return Addresses.Where(name => !IsAddress(line[name])).Select(name => $"--{name} needs an address, http://...").FirstOrDefault();
    }

    private static bool IsDevelopment() =>
        (Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")) == Environments.Development;

    private static bool IsAddress(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    private static string TokenFor(Guid tenant)
    {
        var key = DevelopmentKey.ReadOrCreate(DatabaseOptions.DataDirectoryOf(CommandConfiguration.Read()));
        var request = new DevelopmentTokenRequest(tenant, DevelopmentTokens.DefaultUser, DevelopmentTokens.AllPermissions, Application: false, [], Administrator: true);
        return DevelopmentTokens.Create(request, key, TimeProvider.System.GetUtcNow());
    }

    /// <summary>Two tenants never share a location, so each has one of its own: always the same.</summary>
    private static string LocationOf(Guid tenant)
    {
        var number = BitConverter.ToUInt64(tenant.ToByteArray(), 8) % 1_000_000_000_000;
        return (2_049_000_000_000_000 + number).ToString(CultureInfo.InvariantCulture);
    }
}
