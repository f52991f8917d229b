using System.Text.Json;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Sets;

[Collection(GraphCollection.Name)]
public sealed class PagingTests(GraphHost graph)
{
    private const string Apps = "/beta/deviceAppManagement/mobileApps";

    [Theory]
    [InlineData("")]
    [InlineData("&$orderby=displayName")]
    [InlineData("&$orderby=displayName asc")]
    [InlineData("&$orderby=displayName desc")]
    [InlineData("&$orderby=publisher,displayName desc")]
    [InlineData("&$orderby=isFeatured desc,publisher")]
    [InlineData("&$orderby=createdDateTime")]
    [InlineData("&$orderby=publishingState,createdDateTime desc")]
    [InlineData("&$orderby=microsoft.graph.iosVppApp/releaseDateTime")]
    [InlineData("&$orderby=microsoft.graph.iosVppApp/releaseDateTime desc")]
    [InlineData("&$orderby=microsoft.graph.iosVppApp/totalLicenseCount desc")]
    [InlineData("&$orderby=tolower(displayName)")]
    [InlineData("&$orderby=id desc")]
    [InlineData("&$select=displayName")]
    [InlineData("&$select=displayName&$orderby=publisher")]
    [InlineData("&$expand=assignments&$orderby=publisher desc")]
    [InlineData("&$count=true")]
    public async Task Follow_LinksToTheEnd_EveryRowOnceInOneOrder(string options)
    {
        var whole = Ids((await graph.GetAsync($"{Apps}?$top=999{options}")).GetProperty("value"));
        var paged = new List<string>();
        var pages = 0;

        for (string? next = $"{Apps}?$top=7{options}"; next is not null; pages++)
        {
            var page = await graph.GetAsync(next);
            paged.AddRange(Ids(page.GetProperty("value")));
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        Assert.Equal(whole, paged);
        Assert.Equal(5, pages);
    }

    [Fact]
    public async Task Skip_OnTheFirstPage_IsNotRepeated()
    {
        var first = await graph.GetAsync($"{Apps}?$top=10&$skip=5");
        var next = first.GetProperty("@odata.nextLink").GetString()!;
        var second = await graph.GetAsync(next);

        Assert.DoesNotContain("$skip=", next, StringComparison.Ordinal);
        Assert.Equal("a0000000-0000-0000-0000-000000000006", Ids(first.GetProperty("value"))[0]);
        Assert.Equal("a0000000-0000-0000-0000-000000000016", Ids(second.GetProperty("value"))[0]);
    }

    [Fact]
    public async Task Page_OfNoSizeThatWasAskedFor_HasAHundred()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await graph.ExecuteAsync("insert into groups (tenant_id, id, display_name, created_at) select $1, gen_random_uuid(), 'Group ' || n, now() from generate_series(1, 101) n", tenant.Id);

        var first = await GraphHost.GetAsync(tenant.Client, "/v1.0/groups");
        var rest = await GraphHost.GetAsync(tenant.Client, first.GetProperty("@odata.nextLink").GetString()!);

        Assert.Equal((100, 1), (first.GetProperty("value").GetArrayLength(), rest.GetProperty("value").GetArrayLength()));
    }

    [Fact]
    public async Task Link_OnTheHostOfTheCaller_KeepsTheOptions()
    {
        var link = (await graph.GetAsync($"{Apps}?top=2&$filter=publisher eq 'Zed'&$count=true")).GetProperty("@odata.nextLink").GetString()!;

        Assert.StartsWith("http://localhost" + Apps + "?", link, StringComparison.Ordinal);
        Assert.Contains("top=2", link, StringComparison.Ordinal);
        Assert.Contains("$filter=publisher%20eq%20%27Zed%27", link, StringComparison.Ordinal);
        Assert.Contains("$skiptoken=", link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_TamperedWith_Is400()
    {
        var link = (await graph.GetAsync($"{Apps}?$top=2&$orderby=createdDateTime")).GetProperty("@odata.nextLink").GetString()!;

        await graph.GetAsync(link[..^6], 400);
        await graph.GetAsync(link.Replace("createdDateTime", "publisher,createdDateTime", StringComparison.Ordinal), 400);
    }

    private static List<string> Ids(JsonElement items) => [.. items.EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
