using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph;

[Collection(GraphCollection.Name)]
public sealed class QueryTimeTests(GraphHost graph)
{
    [Fact]
    [Trait("Rule", "G5")]
    public async Task Query_OverItsTime_Is503AndSaysSo()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await graph.Owner.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var locking = new NpgsqlCommand("lock table apps in access exclusive mode", connection, transaction);
        await locking.ExecuteNonQueryAsync(ct);
        using var client = graph.Limited.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", graph.Token(Guid.CreateVersion7()));

        using var answer = await client.GetAsync("/beta/deviceAppManagement/mobileApps", ct);

        var body = await answer.Content.ReadAsStringAsync(ct);
        Assert.True(answer.StatusCode is HttpStatusCode.ServiceUnavailable, $"{(int)answer.StatusCode} {body}");
        Assert.Equal("ServiceUnavailable", JsonNode.Parse(body)!["error"]!["code"]!.GetValue<string>());
        Assert.Contains("takes too long", body, StringComparison.Ordinal);
    }
}
