using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Wire;

/// <summary>
/// Random addresses, options and bodies: whatever comes, the answer is an answer, never a fault of ours. VPP_FUZZ_REQUESTS sets how many are
/// sent, VPP_FUZZ_SEED which; the seed of a failure is in its message.
/// </summary>
[Collection(GraphCollection.Name)]
public sealed class FuzzTests(GraphHost graph)
{
    private static readonly string[] Methods = ["GET", "GET", "GET", "GET", "POST", "PATCH", "DELETE", "PUT"];

    private static readonly string[] Texts =
    [
        "'x'", "null", "true", "7", "-1", "99999999999", "''", "'O''Neil'", "'%'", "'\\'", "(", ")", ",", "and", "or", "not", "eq", "ne", "gt", "in", "any(a:a/id eq 'x')",
        "all(a:a/intent eq 'required')", "isof('microsoft.graph.iosVppApp')", "isof('x')", "microsoft.graph.iosVppApp/bundleId", "contains(displayName,'a')",
        "startswith(id,'a')", "tolower(displayName)", "length(displayName)", "displayName", "id", "state", "assignments", "categories", "members", "memberOf",
        "lastModifiedDateTime", "2026-01-01T00:00:00Z", "desc", "asc", "*", "$count", "target/groupId", "settings", "assignments($select=id;$top=1)", "members($expand=members)",
        "totalLicenseCount add 1", "roleScopeTagIds/any(t:t eq '0')", "\u0000", "ä", "🙈", "year(createdDateTime)", "cast(id,'Edm.Int32')", "licensingType/supportsUserLicensing",
    ];

    private static readonly string[] Options =
        ["$filter", "$orderby", "$select", "$expand", "$top", "$skip", "$count", "$search", "$skiptoken", "$apply", "$compute", "$format", "$levels", "filter", "%24top", "x"];

    private static readonly string[] Members =
    [
        "displayName", "@odata.type", "token", "target", "settings", "intent", "mobileAppAssignments", "managedEBookAssignments", "notes", "largeIcon", "members@odata.bind",
        "@odata.id", "filter", "select", "top", "reportName", "format", "userPrincipalName", "accountEnabled", "notifyManagedDevices", "managedDeviceId", "userId", "requests",
        "roleScopeTagIds", "isFeatured", "dataSharingConsentGranted", "groupBy", "orderBy", "url", "method", "id",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "7", "-2147483649", "\"x\"", "\"\"", "[]", "{}", "[null]", "\"#microsoft.graph.iosVppApp\"", "\"#microsoft.graph.groupAssignmentTarget\"",
        "\"#microsoft.graph.mobileAppAssignment\"", "\"required\"", "\"2026-01-01\"", "[\"x\",7]", "\"AllAppsList\"", "\"ApplicationId eq 'x'\"", "1e400", "\"\\u0000\"", "\"\\ud800\"",
    ];

    [Fact]
    public async Task Anything_SentAnywhere_IsNeverAFaultOfOurs()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("VPP_FUZZ_REQUESTS") ?? "400", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("VPP_FUZZ_SEED") ?? "20260822", CultureInfo.InvariantCulture);
        var (random, tenant) = (new Random(seed), await GraphTenant.CreateAsync(graph));
        var routes = Routes();

        for (var n = 0; n < count; n++)
        {
            using var request = Request(random, routes, tenant);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(20));
            using var answer = await tenant.Client.SendAsync(request, patience.Token);
            var text = await answer.Content.ReadAsStringAsync(patience.Token);

            Assert.True((int)answer.StatusCode < 500, $"seed {seed}, request {n}: {request.Method} {request.RequestUri} -> {(int)answer.StatusCode} {text}");
            Assert.False(text.StartsWith('<') && !text.StartsWith("<?xml", StringComparison.Ordinal), $"seed {seed}, request {n}: {request.RequestUri} -> {text}");
            if ((int)answer.StatusCode >= 400 && request.RequestUri!.ToString() is var address && (address.StartsWith("/v1.0/", StringComparison.Ordinal) || address.StartsWith("/beta/", StringComparison.Ordinal)))
                Assert.True(JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("code").GetString() is { Length: > 0 }, $"seed {seed}, request {n}: {text}");
        }
    }

    private List<string> Routes() =>
    [
        .. graph.Hosts[0].Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'))
            .Where(route => route.StartsWith("/v1.0/", StringComparison.Ordinal) || route.StartsWith("/beta/", StringComparison.Ordinal))
            .Distinct().Order(StringComparer.Ordinal),
    ];

    private static HttpRequestMessage Request(Random random, List<string> routes, GraphTenant tenant)
    {
        string[] keys =
            [tenant.Ios.ToString(), tenant.Mac.ToString(), tenant.Book.ToString(), tenant.Token.ToString(), tenant.Ann.ToString(), tenant.IPad.ToString(), "x", "%27", "a%2Fb", "Ann@alpha.example", Guid.NewGuid().ToString()];
        var path = string.Join('/', routes[random.Next(routes.Count)].Split('/').Select(segment =>
            segment.StartsWith('{') ? keys[random.Next(keys.Length)] : random.Next(40) == 0 ? "nosuch" : segment.Replace("{bundleId}", "x", StringComparison.Ordinal)
                .Replace("{moment}", "2026-01-01", StringComparison.Ordinal).Replace("{category}", "Application", StringComparison.Ordinal)));
        var query = string.Join('&', Enumerable.Range(0, random.Next(3)).Select(_ => Options[random.Next(Options.Length)] + "=" + Uri.EscapeDataString(Text(random))));
        var request = new HttpRequestMessage(new HttpMethod(Methods[random.Next(Methods.Length)]), path + (query.Length == 0 ? "" : "?" + query));
        if (request.Method != HttpMethod.Get && random.Next(8) > 0)
            request.Content = new StringContent(Body(random, 3), Encoding.UTF8, new MediaTypeHeaderValue(random.Next(20) == 0 ? "text/plain" : "application/json"));
        return request;
    }

    private static string Text(Random random) =>
        random.Next(4) == 0
            ? random.Next(-2, 2000).ToString(CultureInfo.InvariantCulture)
            : string.Join(' ', Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Texts[random.Next(Texts.Length)]));

    private static string Body(Random random, int depth) => random.Next(30) == 0 ? "{ \"broken" : "{" + string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ =>
        $"\"{Members[random.Next(Members.Length)]}\":" + (depth > 0 && random.Next(3) == 0 ? (random.Next(2) == 0 ? $"[{Body(random, depth - 1)}]" : Body(random, depth - 1)) : Values[random.Next(Values.Length)]))) + "}";
}
