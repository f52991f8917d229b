using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Wire;

/// <summary>What clients send besides the plain case, and what they rely on in the answer.</summary>
[Collection(GraphCollection.Name)]
public sealed class WireTests(GraphHost graph)
{
    private const string Apps = "/beta/deviceAppManagement/mobileApps";

    [Theory]
    [InlineData("/beta/deviceAppManagement/mobileApps?$filter=displayName%20eq%20%27Thing%201%27")]
    [InlineData("/beta/deviceAppManagement/mobileApps?%24filter=displayName+eq+'Thing+1'")]
    [InlineData("/beta/deviceAppManagement/mobileApps?filter=displayName eq 'Thing 1'")]
    [InlineData("/BETA/deviceappmanagement/MOBILEAPPS?FILTER=displayname eq 'Thing 1'&top=999")]
    [InlineData("/beta/deviceAppManagement/mobileApps?$filter=contains(tolower(displayName),'thing 1')&OrderBy=displayName&expand=assignments")]
    [InlineData("/beta//deviceAppManagement/mobileApps/?$search=\"thing 1\"")]
    [InlineData("/beta/deviceAppManagement/mobileApps/microsoft.graph.iosVppApp?$filter=bundleId eq 'com.example.thing1'")]
    [InlineData("/beta/deviceAppManagement/mobileApps/graph.iosVppApp?$expand=assignments%28%24select%3Did%29&$filter=bundleId eq 'com.example.thing1'")]
    public async Task List_InEverySpelling_FindsTheSame(string address)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var app = Assert.Single((await tenant.GetAsync(address))["value"]!.AsArray());

        Assert.Equal(tenant.Ios.ToString(), app!["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/[app]")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps('[app]')")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps(%27[app]%27)/graph.iosVppApp")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/[app]/microsoft.graph.iosVppApp?$select=displayName,bundleId")]
    [InlineData("/v1.0/DEVICEAPPMANAGEMENT/mobileapps/[APP]/Microsoft.Graph.IosVppApp")]
    public async Task One_InEverySpelling_IsTheSame(string address)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var app = await tenant.GetAsync(address.Replace("[app]", tenant.Ios.ToString(), StringComparison.Ordinal)
            .Replace("[APP]", tenant.Ios.ToString().ToUpperInvariant(), StringComparison.Ordinal));

        Assert.Equal(tenant.Ios.ToString(), app["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Key_PercentEncoded_IsOneKey()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        // Were the slash a separator, the segment c would be unknown, which is another refusal.
        var error = await tenant.GetAsync("/v1.0/users/a%20b%2Fc", 404);

        Assert.Equal("Request_ResourceNotFound", error["error"]!["code"]!.GetValue<string>());
        Assert.StartsWith("Resource 'a b/c' does not exist", error["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/me", "Ann")]
    [InlineData("/users/me-token-to-replace", "Ann")]
    [InlineData("/me/managedDevices", "iPad of Ann")]
    [InlineData("/users/me-token-to-replace/ownedDevices", "iPad of Ann")]
    public async Task Me_InBothSpellings_IsTheCaller(string address, string name)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        // A development token names its user by an id made of the name: that user is the caller.
        var caller = Guid.Parse(System.Text.Json.JsonDocument.Parse(Payload(tenant.Client)).RootElement.GetProperty("oid").GetString()!);
        await graph.ExecuteAsync("update devices set user_id = $3 where tenant_id = $1 and user_id = $2", tenant.Id, tenant.Ann, caller);
        await graph.ExecuteAsync("update users set id = $3 where tenant_id = $1 and id = $2", tenant.Id, tenant.Ann, caller);

        var answer = await tenant.GetAsync("/v1.0" + address);
        var found = answer["value"]?[0] ?? answer;

        Assert.Equal(name, (found["displayName"] ?? found["deviceName"])!.GetValue<string>());
    }

    [Theory]
    [InlineData(GraphHost.Proxy, "https://graph.example:8443/vpp/beta/")]
    [InlineData("10.9.9.9", "http://localhost/beta/")]
    public async Task NextLink_BehindAProxy_IsOnTheCallersHostIfTheProxyIsTrusted(string proxy, string begins)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var answer = await graph.Hosts[0].Server.SendAsync(http =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse(proxy);
            http.Request.Method = "GET";
            http.Request.Host = new HostString("localhost");
            http.Request.Path = Apps;
            http.Request.QueryString = new QueryString("?$top=1&$orderby=displayName");
            http.Request.Headers.Authorization = tenant.Client.DefaultRequestHeaders.Authorization!.ToString();
            http.Request.Headers["X-Forwarded-For"] = "192.0.2.7";
            http.Request.Headers["X-Forwarded-Proto"] = "https";
            http.Request.Headers["X-Forwarded-Host"] = "graph.example:8443";
            http.Request.Headers["X-Forwarded-Prefix"] = "/vpp";
        }, TestContext.Current.CancellationToken);
        using var text = new StreamReader(answer.Response.Body);
        var page = JsonNode.Parse(await text.ReadToEndAsync(TestContext.Current.CancellationToken))!;

        Assert.StartsWith(begins, page["@odata.nextLink"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith(begins, page["@odata.context"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NextLink_OfABatchedRequest_IsNotOnAHostThatTheBatchNames()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var answer = await tenant.PostAsync("/beta/$batch", """
            {"requests":[{"id":"1","method":"GET","url":"/deviceAppManagement/mobileApps?$top=1","headers":{"X-Forwarded-Host":"evil.example"}}]}
            """, 200);

        Assert.StartsWith("http://localhost/beta/", answer["responses"]![0]!["body"]!["@odata.nextLink"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_OfWrites_ThatDependOnEachOther()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var answer = await tenant.PostAsync("/v1.0/$batch", $$"""
            {"requests":[
              {"id":"a","method":"POST","url":"/groups","headers":{"Content-Type":"application/json"},"body":{"displayName":"Batched","mailNickname":"b"} },
              {"id":"b","method":"PATCH","url":"/deviceAppManagement/mobileApps/{{tenant.Ios}}","headers":{"Content-Type":"application/json"},
               "body":{"notes":"batched","@odata.type":"#microsoft.graph.iosVppApp"},"dependsOn":["a"]},
              {"id":"c","method":"DELETE","url":"/groups/{{Guid.NewGuid()}}"},
              {"id":"d","method":"GET","url":"/me","dependsOn":["c"]}]}
            """, 200);

        Assert.Equal([201, 200, 404, 424], answer["responses"]!.AsArray().Select(one => one!["status"]!.GetValue<int>()));
        Assert.Equal("batched", answer["responses"]![1]!["body"]!["notes"]!.GetValue<string>());
    }

    [Fact]
    public async Task Batch_OfMoreThanTwenty_Refused()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var requests = string.Join(',', Enumerable.Range(0, 21).Select(n => $$"""{"id":"{{n}}","method":"GET","url":"/me"}"""));

        await tenant.PostAsync("/v1.0/$batch", $$"""{"requests":[{{requests}}]}""", 400);
    }

    [Fact]
    public async Task Body_Gzipped_IsRead()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes("""{"displayName":"Packed","mailNickname":"p"}"""), TestContext.Current.CancellationToken);

        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var answer = await tenant.Client.PostAsync(new Uri("/v1.0/groups", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("Packed", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prefer_PageSizeAndNoBody_AreAppliedAndSaidSo()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        using var paged = await SendAsync(tenant, HttpMethod.Get, Apps, null, ("Prefer", "odata.maxpagesize=2, include-unknown-enum-members"));
        using var silent = await SendAsync(tenant, HttpMethod.Patch, tenant.App, """{"@odata.type":"#microsoft.graph.iosVppApp","notes":"N"}""", ("Prefer", "return=minimal"));
        using var plain = await SendAsync(tenant, HttpMethod.Get, Apps, null, ("Prefer", "odata.maxpagesize=many"));

        var page = JsonNode.Parse(await paged.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal((2, true), (page["value"]!.AsArray().Count, page["@odata.nextLink"] is not null));
        Assert.Equal("odata.maxpagesize=2", Header(paged, "Preference-Applied"));
        Assert.Equal((HttpStatusCode.NoContent, "return=minimal"), (silent.StatusCode, Header(silent, "Preference-Applied")));
        Assert.False(plain.Headers.Contains("Preference-Applied"));
        Assert.Equal("N", (await tenant.GetAsync(tenant.App))["notes"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/v1.0/groups", """{"displayName":"Once","mailNickname":"o"}""", "groups")]
    [InlineData("/v1.0/users", """{"userPrincipalName":"once@example.com","displayName":"Once"}""", "users")]
    [InlineData("/v1.0/deviceAppManagement/mobileAppCategories", """{"displayName":"Once"}""", "categories")]
    [InlineData("/v1.0/deviceManagement/roleDefinitions", """{"displayName":"Once"}""", "role_definitions")]
    [InlineData("/beta/deviceManagement/roleScopeTags", """{"displayName":"Once"}""", "role_scope_tags")]
    [InlineData("/v1.0/deviceManagement/reports/exportJobs", """{"reportName":"AllAppsList"}""", "export_jobs")]
    public async Task Post_SentAgainByTheClient_MakesNothingTwice(string address, string body, string table)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var id = ("client-request-id", Guid.NewGuid().ToString());
        var before = await graph.ScalarAsync<long>($"select count(*) from {table} where tenant_id = $1", tenant.Id);

        var first = await tenant.SendAsync("POST", address, body, 201, id);
        var again = await tenant.SendAsync("POST", address, body, 201, id, ("Retry-Attempt", "1"));

        Assert.Equal(first["id"]!.GetValue<string>(), again["id"]!.GetValue<string>());
        Assert.Equal(before + 1, await graph.ScalarAsync<long>($"select count(*) from {table} where tenant_id = $1", tenant.Id));
    }

    [Fact]
    public async Task PostToken_SentAgainByTheClient_IsCreatedOnce()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var body = $$"""{"token":"{{graph.Apple.AddLocation("Retried", "CH").IssueToken().VpptokenFile}}"}""";
        var id = ("client-request-id", Guid.NewGuid().ToString());

        var first = await tenant.SendAsync("POST", "/v1.0/deviceAppManagement/vppTokens", body, 201, id);
        var again = await tenant.SendAsync("POST", "/v1.0/deviceAppManagement/vppTokens", body, 201, id, ("Retry-Attempt", "1"));

        Assert.Equal(first["id"]!.GetValue<string>(), again["id"]!.GetValue<string>());
        Assert.Equal("2", (await tenant.GetAsync("/v1.0/deviceAppManagement/vppTokens/$count")).GetValue<string>());
        await tenant.DeleteAsync($"/v1.0/deviceAppManagement/vppTokens/{first["id"]}");
    }

    [Fact]
    public async Task PostMember_SentAgainByTheClient_IsNoFailure()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var group = (await tenant.PostAsync("/v1.0/groups", """{"displayName":"G","mailNickname":"g"}""", 201))["id"];
        var reference = $$"""{"@odata.id":"https://graph.microsoft.com/v1.0/directoryObjects/{{tenant.Ann}}"}""";

        await tenant.PostAsync($"/v1.0/groups/{group}/members/$ref", reference, 204);
        await tenant.SendAsync("POST", $"/v1.0/groups/{group}/members/$ref", reference, 204, ("Retry-Attempt", "1"));
        await tenant.PostAsync($"/v1.0/groups/{group}/members/$ref", reference, 400);
    }

    [Fact]
    public async Task Post_WithAnIdForAWholeRun_MakesEach()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var id = ("client-request-id", "run-7");

        var first = await tenant.SendAsync("POST", "/v1.0/groups", """{"displayName":"A","mailNickname":"a"}""", 201, id);
        var second = await tenant.SendAsync("POST", "/v1.0/groups", """{"displayName":"B","mailNickname":"b"}""", 201, id);

        Assert.NotEqual(first["id"]!.GetValue<string>(), second["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("*", 204)]
    [InlineData("\"1\"", 412)]
    public async Task IfMatch_OtherThanAnything_FailsThePrecondition(string tag, int status)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var answer = await tenant.SendAsync("PATCH", $"/v1.0/users/{tenant.Ann}", """{"displayName":"Anna"}""", status, ("If-Match", tag));

        Assert.Equal(status == 412 ? "PreconditionFailed" : null, answer["error"]?["code"]?.GetValue<string>());
    }

    [Fact]
    public async Task Answer_ToAList_HasGraphsHeadersAndShape()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        using var answer = await SendAsync(tenant, HttpMethod.Get, "/v1.0/deviceAppManagement/vppTokens", null, ("client-request-id", "mine"));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var page = JsonNode.Parse(text)!.AsObject();

        Assert.Equal("application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(("mine", "4.0"), (Header(answer, "client-request-id"), Header(answer, "OData-Version")));
        Assert.True(Guid.TryParse(Header(answer, "request-id"), out _));
        Assert.NotNull(JsonNode.Parse(Header(answer, "x-ms-ags-diagnostic"))!["ServerInfo"]);
        Assert.Equal(["@odata.context", "value"], page.Select(member => member.Key));
        Assert.Contains("\"lastSyncDateTime\":\"0001-01-01T00:00:00Z\"", text, StringComparison.Ordinal);
        Assert.Contains("\"token\":null", text, StringComparison.Ordinal);
        Assert.Contains("\"expirationDateTime\":\"2026-01-31T09:12:44Z\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_BeyondTheLimit_Gets429WithRetryAfterAndOthersDoNot()
    {
        var (tenant, other) = (await GraphTenant.CreateAsync(graph), await GraphTenant.CreateAsync(graph));
        using var client = graph.Limited.CreateClient();
        using var stranger = graph.Limited.CreateClient();
        client.DefaultRequestHeaders.Authorization = tenant.Client.DefaultRequestHeaders.Authorization;
        stranger.DefaultRequestHeaders.Authorization = other.Client.DefaultRequestHeaders.Authorization;

        var writes = new List<int>();
        for (var n = 0; n < 3; n++) writes.Add((int)(await client.DeleteAsync(new Uri($"/v1.0/groups/{Guid.NewGuid()}", UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
        for (var n = 0; n < 3; n++) await client.GetAsync(new Uri("/v1.0/groups", UriKind.Relative), TestContext.Current.CancellationToken);
        using var refused = await client.GetAsync(new Uri("/v1.0/groups", UriKind.Relative), TestContext.Current.CancellationToken);
        using var served = await stranger.GetAsync(new Uri("/v1.0/groups", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal([404, 404, 429], writes);
        Assert.Equal((429, 200), ((int)refused.StatusCode, (int)served.StatusCode));
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        Assert.Equal("TooManyRequests", JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!["code"]!.GetValue<string>());
    }

    private static async Task<HttpResponseMessage> SendAsync(GraphTenant tenant, HttpMethod method, string address, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await tenant.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.GetValues(name).Single();

    private static byte[] Payload(HttpClient client) =>
        System.Buffers.Text.Base64Url.DecodeFromChars(client.DefaultRequestHeaders.Authorization!.Parameter!.Split('.')[1]);
}
