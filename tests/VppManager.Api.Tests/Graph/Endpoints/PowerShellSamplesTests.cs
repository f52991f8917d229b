using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Endpoints;

/// <summary>
/// The PowerShell samples of docs/graph.md. What they send is read off them and sent, on every machine; where there is a PowerShell, it says itself what
/// a sample sends.
/// </summary>
[Collection(GraphCollection.Name)]
public sealed partial class PowerShellSamplesTests(GraphHost graph)
{
    // In the place of the cmdlet: a line for each request, and an answer of one page.
    private const string Printing = """
        $ErrorActionPreference = 'Stop'
        function Invoke-RestMethod($Method = 'Get', $Headers, $Uri, $Body, $ContentType) {
            [Console]::Out.WriteLine((@{ method = "$Method"; uri = "$Uri"; body = "$Body"; authorization = $Headers.Authorization } | ConvertTo-Json -Compress))
            [pscustomobject]@{ value = @() }
        }

        """;

    public static TheoryData<string> Samples() =>
        [.. Sample().Matches(File.ReadAllText(DocumentedSamplesTests.Document())).Select(match => match.Groups["script"].Value)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task PowerShellSample_AsItIsWritten_SendsWhatWorks(string script)
    {
        var tenant = await TenantAsync();
        var requests = Read(script, Variables(tenant)).ToList();

        Assert.NotEmpty(requests);
        foreach (var (method, uri, body) in requests) await SendAsync(tenant, method, uri, body);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task PowerShellSample_RunByPowerShell_SendsWhatWorks(string script)
    {
        Assert.SkipUnless(IsThere(), "There is no PowerShell (pwsh) on this machine.");
        var tenant = await TenantAsync();

        var lines = await RunAsync(script, Variables(tenant));

        Assert.NotEmpty(lines);
        foreach (var request in lines.Select(line => JsonNode.Parse(line)!))
        {
            Assert.Equal("Bearer the-token", request["authorization"]!.GetValue<string>());
            await SendAsync(tenant, request["method"]!.GetValue<string>(), request["uri"]!.GetValue<string>(), request["body"]!.GetValue<string>());
        }
    }

    private async Task<GraphTenant> TenantAsync()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);
        return tenant;
    }

    private static Dictionary<string, string> Variables(GraphTenant tenant) => new()
    {
        ["graph"] = "http://localhost",
        ["token"] = "the-token",
        ["app"] = tenant.Ios.ToString(),
        ["device"] = tenant.IPad.ToString(),
    };

    private static async Task SendAsync(GraphTenant tenant, string method, string uri, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), uri);
        if (body.Length > 0) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await tenant.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True(answer.IsSuccessStatusCode, $"{method} {uri} {body}\n{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    // As much of the language as the samples use: variables, texts in quotes and across lines, and the one cmdlet.
    private static IEnumerable<(string Method, string Uri, string Body)> Read(string script, Dictionary<string, string> variables)
    {
        foreach (Match match in Statement().Matches(script))
        {
            if (match.Groups["name"].Success) variables[match.Groups["name"].Value] = match.Groups["plain"].Success ? match.Groups["plain"].Value : Filled(match.Groups["filled"].Value, variables);
            else yield return (
                Argument(match.Value, "Method", variables) is { Length: > 0 } method ? method : "GET", Argument(match.Value, "Uri", variables), Argument(match.Value, "Body", variables));
        }
    }

    private static string Argument(string call, string name, Dictionary<string, string> variables)
    {
        var match = Regex.Match(call, $"-{name} (\"(?<text>[^\"]*)\"|\\$(?<variable>\\w+)|(?<word>\\w+))");
        return match.Groups["variable"].Success ? variables[match.Groups["variable"].Value]
            : match.Groups["text"].Success ? Filled(match.Groups["text"].Value, variables) : match.Groups["word"].Value;
    }

    private static string Filled(string text, Dictionary<string, string> variables) =>
        Variable().Replace(text, match => match.Value[0] == '`' ? match.Value[1..] : variables[match.Groups["name"].Value]);

    private static bool IsThere() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => folder.Length > 0 && (File.Exists(Path.Combine(folder, "pwsh")) || File.Exists(Path.Combine(folder, "pwsh.exe"))));

    private static async Task<List<string>> RunAsync(string script, Dictionary<string, string> variables)
    {
        var given = string.Concat(variables.Select(variable => $"${variable.Key} = '{variable.Value}'\n"));
        var start = new ProcessStartInfo("pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync(Printing + given + script + "\n\n");
        shell.StandardInput.Close();
        var printed = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return [.. printed.Split('\n', StringSplitOptions.TrimEntries).Where(line => line.StartsWith('{'))];
    }

    [GeneratedRegex("```powershell\n(?<script>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Sample();

    [GeneratedRegex("^\\s*\\$(?<name>\\w+) = (?:@'\n(?<plain>.*?)\n'@|@\"\n(?<filled>.*?)\n\"@|\"(?<filled>[^\"\n]*)\")|Invoke-RestMethod [^\n]*", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Statement();

    [GeneratedRegex("`\\$|\\$(?<name>\\w+)")]
    private static partial Regex Variable();
}
