using System.Diagnostics;
using System.Text.RegularExpressions;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Endpoints;

/// <summary>The curl samples of docs/graph.md, taken apart and sent: a sample that does not work fails here.</summary>
[Collection(GraphCollection.Name)]
public sealed partial class DocumentedSamplesTests(GraphHost graph)
{
    public static TheoryData<string> Samples() => [.. Sample().Matches(File.ReadAllText(Document())).Select(match => match.Groups["command"].Value)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Sample_OfTheDocument_Works(string command)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);

        // The shell itself says what the command means; curl is replaced by something that prints its arguments.
        var arguments = await ArgumentsAsync(command, tenant);
        var method = arguments.Contains("-X") ? arguments[arguments.IndexOf("-X") + 1] : "GET";
        var body = arguments.Contains("-d") ? arguments[arguments.IndexOf("-d") + 1] : null;
        using var request = new HttpRequestMessage(new HttpMethod(method), arguments[^1]);
        if (body is not null) request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await tenant.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Contains("Authorization: Bearer the-token", arguments);
        Assert.True(answer.IsSuccessStatusCode, $"{command}\n{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    private static async Task<List<string>> ArgumentsAsync(string command, GraphTenant tenant)
    {
        var start = new ProcessStartInfo("bash", ["-c", "curl() { printf '%s\\0' \"$@\"; }\n" + command]) { RedirectStandardOutput = true };
        start.Environment["TOKEN"] = "the-token";
        start.Environment["GRAPH"] = "http://localhost";
        start.Environment["APP"] = tenant.Ios.ToString();
        start.Environment["DEVICE"] = tenant.IPad.ToString();
        using var shell = Process.Start(start)!;
        var printed = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. printed.Split('\0', StringSplitOptions.RemoveEmptyEntries)];
    }

    internal static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "VppManager.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "docs", "graph.md");
    }

    [GeneratedRegex("```bash\n(?<command>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();
}
