using System.Net.Http.Json;
using System.Text.Json;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Batch;

[Collection(GraphCollection.Name)]
public sealed class GraphBatchTests(GraphHost graph)
{
    [Fact]
    public async Task Batch_OfReads_AnswersEachByItself()
    {
        var answer = await PostAsync("""
            {"requests":[
              {"id":"1","method":"GET","url":"/deviceAppManagement/vppTokens?$select=id"},
              {"id":"2","method":"get","url":"v1.0/deviceAppManagement/mobileApps/$count","headers":{"Accept":"text/plain"}},
              {"id":"3","method":"GET","url":"/deviceAppManagement/mobileApps/no-guid"},
              {"id":"4","method":"GET","url":"/users","dependsOn":["3"]},
              {"id":"5","method":"GET","url":"/users","dependsOn":["1"]},
              {"id":"6","method":"GET","url":"/nosuch"}]}
            """);

        var responses = answer.GetProperty("responses").EnumerateArray().ToDictionary(one => one.GetProperty("id").GetString()!);
        Assert.Equal([200, 200, 404, 424, 200, 400], responses.Values.Select(one => one.GetProperty("status").GetInt32()));
        Assert.Equal(2, responses["1"].GetProperty("body").GetProperty("value").GetArrayLength());
        Assert.Equal("25", responses["2"].GetProperty("body").GetString());
        Assert.StartsWith("application/json", responses["1"].GetProperty("headers").GetProperty("Content-Type").GetString(), StringComparison.Ordinal);
        Assert.Equal("ResourceNotFound", responses["3"].GetProperty("body").GetProperty("error").GetProperty("code").GetString());
        Assert.True(responses["5"].GetProperty("headers").TryGetProperty("request-id", out _));
    }

    [Fact]
    public async Task Batch_WithAReport_HasItsBytesAsBase64()
    {
        var answer = await PostAsync("""
            {"requests":[{"id":"1","method":"POST","url":"/deviceManagement/reports/retrieveDeviceAppInstallationStatusReport","headers":{"Content-Type":"application/json"},
              "body":{"filter":"(ApplicationId eq 'a0000000-0000-0000-0000-000000000001')"}}]}
            """);

        var report = answer.GetProperty("responses")[0];
        Assert.Equal("application/octet-stream", report.GetProperty("headers").GetProperty("Content-Type").GetString());
        Assert.True(JsonDocument.Parse(report.GetProperty("body").GetBytesFromBase64()).RootElement.TryGetProperty("TotalRowCount", out _));
    }

    [Fact]
    public async Task Batch_WithoutAToken_IsRefusedRequestByRequest()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/$batch");
        request.Content = JsonContent.Create(new { requests = new[] { new { id = "1", method = "GET", url = "/users", headers = new { Authorization = "Bearer x" } } } });
        request.Headers.Authorization = null;
        using var client = graph.Client(GraphHost.Alpha);
        client.DefaultRequestHeaders.Authorization = null;
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);

        Assert.Equal(401, answer.GetProperty("responses")[0].GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"requests":[]}""")]
    [InlineData("""{"requests":[{"id":"1","url":"/users"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/users"},{"id":"1","method":"GET","url":"/users"}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/users","dependsOn":["2"]}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"/users","body":{}}]}""")]
    [InlineData("""{"requests":[{"id":"1","method":"GET","url":"\ud800"}]}""")]
    [InlineData("{")]
    [InlineData("")]
    public async Task Batch_ThatIsNone_Is400(string body) =>
        Assert.Equal("BadRequest", (await PostAsync(body, 400)).GetProperty("error").GetProperty("code").GetString());

    [Fact]
    public async Task Batch_OfTwentyOne_Is400()
    {
        var requests = string.Join(',', Enumerable.Range(1, 21).Select(id => $$"""{"id":"{{id}}","method":"GET","url":"/users"}"""));

        await PostAsync($$"""{"requests":[{{requests}}]}""", 400);
    }

    [Fact]
    public async Task Batch_InABatch_IsNotFollowed()
    {
        var answer = await PostAsync("""{"requests":[{"id":"1","method":"POST","url":"/$batch","body":{"requests":[]}}]}""");

        Assert.InRange(answer.GetProperty("responses")[0].GetProperty("status").GetInt32(), 400, 405);
    }

    private async Task<JsonElement> PostAsync(string body, int status = 200)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await graph.Ours.PostAsync(new Uri("/v1.0/$batch", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)response.StatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }
}
