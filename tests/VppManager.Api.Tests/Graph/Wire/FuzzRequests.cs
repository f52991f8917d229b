using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Wire;

/// <summary>An address of the service and what it is asked with.</summary>
internal sealed record FuzzRoute(string Pattern, IReadOnlyList<string> Methods);

/// <summary>Requests made up of what Graph knows: put together without sense, or right but for a detail.</summary>
internal sealed class FuzzRequests(Random random, List<FuzzRoute> routes, GraphTenant tenant)
{
    private static readonly string[] Methods = ["GET", "POST", "PATCH", "DELETE", "PUT"];

    private static readonly string[] Literals =
    [
        "'x'", "null", "true", "7", "-1", "1.5", "99999999999", "''", "'O''Neil'", "'%'", "'\\'", "'ä🙈'", "'2b73ae71-12c8-49be-b462-3dae769ccd9d'", "'required'", "'valid'",
        "2026-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2b73ae71-12c8-49be-b462-3dae769ccd9d", "duration'P1D'", "microsoft.graph.vppTokenState'valid'", "INF", "NaN",
    ];

    private static readonly string[] Casts =
        ["microsoft.graph.iosVppApp", "graph.macOsVppApp", "microsoft.graph.managedApp", "microsoft.graph.user", "microsoft.graph.groupAssignmentTarget", "microsoft.graph.nosuch"];

    private static readonly string[] Comparisons = ["eq", "ne", "gt", "ge", "lt", "le", "in", "has", "add", "mod"];

    private static readonly string[] Functions = ["contains", "startswith", "endswith", "indexof", "concat", "matchesPattern"];

    private static readonly string[] Conversions = ["tolower", "toupper", "length", "trim", "year", "date", "floor", "cast", "isof"];

    private static readonly string[] Rubbish = ["(", ")", ",", "and", "or", "not", "desc", "*", "$count", "$it", "\u0000", "any(", "/", "'"];

    private static readonly string[] Options =
        ["$filter", "$filter", "$filter", "$orderby", "$select", "$expand", "$expand", "$top", "$skip", "$count", "$search", "$skiptoken", "$apply", "$compute", "$format", "$levels", "filter", "top", "x"];

    private static readonly string[] Members =
    [
        "displayName", "@odata.type", "token", "target", "settings", "intent", "installIntent", "mobileAppAssignments", "managedEBookAssignments", "notes", "largeIcon", "members@odata.bind",
        "@odata.id", "filter", "select", "top", "skip", "reportName", "format", "userPrincipalName", "accountEnabled", "notifyManagedDevices", "managedDeviceId", "userId", "requests",
        "roleScopeTagIds", "isFeatured", "dataSharingConsentGranted", "groupBy", "orderBy", "search", "url", "method", "id", "body", "dependsOn", "groupId", "value", "type", "headers",
        "roleDefinition@odata.bind", "members", "resourceScopes", "rolePermissions", "assignments", "useDeviceLicensing", "version", "appleDeviceAppDeliveryProtocolType", "mailNickname",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "7", "-2147483649", "\"x\"", "\"\"", "[]", "{}", "[null]", "[[]]", "\"#microsoft.graph.iosVppApp\"", "\"#microsoft.graph.groupAssignmentTarget\"", "\"#microsoft.graph.allDevicesAssignmentTarget\"",
        "\"#microsoft.graph.mobileAppAssignment\"", "\"#microsoft.graph.iosVppAppAssignmentSettings\"", "\"required\"", "\"2026-01-01\"", "[\"x\",7]", "\"AllAppsList\"", "\"DeviceInstallStatusByApp\"", "\"csv\"",
        "\"ApplicationId eq 'x'\"", "1e400", "\"\\u0000\"", "\"\\ud800\"", "\"GET\"", "\"POST\"", "\"/users\"", "\"/deviceAppManagement/mobileApps?$filter=x\"",
    ];

    // Every property of every type, so that filters and selections hit now and then.
    private static readonly string[] Properties =
        [.. GraphModel.Beta.Edm.SchemaElements.OfType<IEdmStructuredType>().SelectMany(type => type.DeclaredProperties).Select(property => property.Name).Distinct().Order(StringComparer.Ordinal)];

    private static readonly string[] Usual = ["id", "displayName", "publisher", "state", "assignments", "categories", "members", "memberOf", "target/groupId", "createdDateTime", "isFeatured", "userPrincipalName", "deviceName"];

    private readonly string[] keys =
    [
        .. ((Guid[])[tenant.Ios, tenant.Mac, tenant.Book, tenant.Token, tenant.Ann, tenant.IPad]).Select(id => id.ToString()), "x", "%27", "a%2Fb", "Ann@alpha.example", "0", "c1d9fcbb-cba5-40b0-bf6b-527006585f4b",
        "acacacac-9df4-4c7d-9d50-4ef0226f57a9_1_0", $"{tenant.Ann}_{tenant.Book}", Guid.NewGuid().ToString(),
    ];

    private readonly List<RightRequest> right = FuzzCorpus.Of(tenant);

    private readonly FuzzSpoiling spoiling = new(random, Values, Members);

    /// <summary>One that makes no sense, or one that nearly does.</summary>
    public HttpRequestMessage Next() => random.Next(2) == 0 ? Senseless() : NearlyRight();

    private HttpRequestMessage NearlyRight()
    {
        var one = One(right);
        var request = new HttpRequestMessage(new HttpMethod(one.Method), spoiling.Path(one.Path));
        if (one.Body is { } body) request.Content = new StringContent(spoiling.Body(body), Encoding.UTF8, "application/json");
        return request;
    }

    private HttpRequestMessage Senseless()
    {
        var query = string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => Option()));
        var route = One(routes);
        // A method that the address does not have ends at 405, which is soon tried enough.
        var request = new HttpRequestMessage(new HttpMethod(One(random.Next(20) == 0 ? Methods : route.Methods)), Path(route.Pattern) + (query.Length == 0 ? "" : "?" + query));
        if (request.Method != HttpMethod.Get && random.Next(8) > 0)
            request.Content = new StringContent(Body(3), Encoding.UTF8, new MediaTypeHeaderValue(random.Next(20) == 0 ? "text/plain" : "application/json"));
        if (random.Next(10) == 0) request.Headers.TryAddWithoutValidation("Prefer", random.Next(2) == 0 ? "return=minimal" : "odata.maxpagesize=" + Text());
        if (random.Next(20) == 0) request.Headers.TryAddWithoutValidation("If-Match", random.Next(2) == 0 ? "*" : "W/\"1\"");
        return request;
    }

    private string Path(string route)
    {
        // The version stays: what is not below one is not Graph's.
        var segments = route.Split('/').Select((segment, at) => at < 2 ? segment : segment.StartsWith('{') ? One(keys) : random.Next(40) == 0 ? "nosuch" : segment
            .Replace("{bundleId}", "x", StringComparison.Ordinal).Replace("{moment}", "2026-01-01", StringComparison.Ordinal)
            .Replace("{category}", "Application", StringComparison.Ordinal).Replace("{scope}", "x", StringComparison.Ordinal)).ToList();
        if (random.Next(15) == 0) segments.Insert(random.Next(2, segments.Count + 1), One(Casts));
        if (random.Next(25) == 0 && segments.Count > 2) segments[^1] += random.Next(2) == 0 ? "()" : $"('{One(keys)}')";
        return string.Join('/', segments);
    }

    private string Option()
    {
        var name = One(Options);
        return name + "=" + Uri.EscapeDataString(name.TrimStart('$') switch
        {
            _ when random.Next(12) == 0 => Text(),
            "filter" => Filter(2),
            "orderby" => string.Join(',', Enumerable.Range(0, 1 + random.Next(3)).Select(_ => Operand(1) + (random.Next(2) == 0 ? " desc" : ""))),
            "select" => string.Join(',', Enumerable.Range(0, 1 + random.Next(4)).Select(_ => Property())),
            "expand" => Expand(2),
            "top" or "skip" => random.Next(-2, 2000).ToString(CultureInfo.InvariantCulture),
            "count" => random.Next(3) > 0 ? "true" : Text(),
            "search" => "\"" + Property() + (random.Next(2) == 0 ? ":" : "") + "x\"",
            _ => Text(),
        });
    }

    private string Expand(int depth) => string.Join(',', Enumerable.Range(0, 1 + random.Next(2)).Select(_ => Property() + (random.Next(2) == 0 || depth == 0 ? "" : "(" + string.Join(';',
        Enumerable.Range(0, 1 + random.Next(2)).Select(_ => random.Next(6) switch
        {
            0 => "$select=" + Property(),
            1 => "$filter=" + Filter(1),
            2 => "$orderby=" + Operand(1),
            3 => "$top=" + random.Next(-1, 30),
            4 => "$skip=" + random.Next(30),
            _ => "$expand=" + Expand(depth - 1),
        })) + ")")));

    private string Filter(int depth) => random.Next(depth > 0 ? 8 : 4) switch
    {
        0 or 1 or 2 => $"{Operand(2)} {One(Comparisons)} {Operand(1)}",
        3 => $"{One(Functions)}({Operand(1)},{Operand(0)})",
        4 => $"({Filter(depth - 1)}) {(random.Next(2) == 0 ? "and" : "or")} {Filter(depth - 1)}",
        5 => "not (" + Filter(depth - 1) + ")",
        6 => $"{Property()}/{(random.Next(2) == 0 ? "any" : "all")}(a:a/{Filter(0)})",
        _ => $"isof('{One(Casts)}')",
    };

    private string Operand(int depth) => random.Next(depth > 0 ? 7 : 3) switch
    {
        0 or 1 => Property(),
        2 => One(Literals),
        3 => $"{One(Conversions)}({Operand(depth - 1)})",
        4 => $"({One(Literals)},{One(Literals)})",
        5 => $"{One(Casts)}/{Property()}",
        _ => $"{Operand(depth - 1)} add {One(Literals)}",
    };

    private string Property() => (random.Next(8) == 0 ? One(Casts) + "/" : "") + (random.Next(2) == 0 ? One(Usual) : One(Properties)) + (random.Next(12) == 0 ? "/" + One(Properties) : "");

    private string Text() => string.Join(' ', Enumerable.Range(0, 1 + random.Next(4)).Select(_ => random.Next(3) switch { 0 => One(Rubbish), 1 => One(Literals), _ => Property() }));

    private string Body(int depth) => random.Next(40) == 0 ? "{ \"broken" : "{" + string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ =>
        $"\"{(random.Next(4) == 0 ? One(Properties) : One(Members))}\":" + (depth > 0 && random.Next(3) == 0 ? (random.Next(2) == 0 ? $"[{Body(depth - 1)}]" : Body(depth - 1)) : One(Values)))) + "}";

    private T One<T>(IReadOnlyList<T> many) => many[random.Next(many.Count)];
}
