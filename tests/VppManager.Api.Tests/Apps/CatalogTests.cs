using VppManager.Api.Tests.Infrastructure;
using VppManager.FakeApple.Apps;

namespace VppManager.Api.Tests.Apps;

/// <summary>A service with a developer's key, that asks the newer catalogue.</summary>
public sealed class CatalogServiceFixture(PostgresFixture postgres) : ServiceFixture(postgres)
{
    internal FakeDeveloperKey Key => field ??= Apple.Developers.Issue();

    protected override IReadOnlyDictionary<string, string> Settings => field ??= new Dictionary<string, string>
    {
        ["Apple:Retries"] = "0",
        ["Apple:CatalogAddress"] = new Uri(Apple.BaseAddress, "v1").ToString(),
        ["Apple:DeveloperKeyId"] = Key.KeyId,
        ["Apple:DeveloperTeamId"] = Key.TeamId,
        ["Apple:DeveloperKey"] = Key.PrivateKeyPem,
    };
}

public sealed class CatalogTests(CatalogServiceFixture service) : IClassFixture<CatalogServiceFixture>
{
    [Fact, Trait("Rule", "S2"), Trait("Rule", "G4")]
    public async Task Catalog_AppOfTwoPlatforms_GivesEachItsBundleIdAndBooksTheirNames()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1500000001", 5, platforms: ["iOS", "macOS"]);
        organization.Location.AddAsset("1500000002", 5, name: "Handbook", productType: "Book");
        service.Apple.Store.Put(service.Apple.Store.Find("1500000001")! with { Name = "Scan", BundleId = "net.example.scan", MacBundleId = "net.example.scan.mac", Version = "4.2" });

        await organization.UploadTokenAsync();

        Assert.Equal("net.example.scan", await ColumnAsync(organization, "bundle_id", "1500000001", "ios"));
        Assert.Equal("net.example.scan.mac", await ColumnAsync(organization, "bundle_id", "1500000001", "macOs"));
        Assert.Equal("4.2", await ColumnAsync(organization, "latest_version", "1500000001", "macOs"));
        Assert.Equal("Handbook", await ColumnAsync(organization, "display_name", "1500000002", "book"));
        Assert.Equal(0, service.Apple.Journal.Count(entry => entry.LocationUid == organization.Location.Uid && entry.Path.EndsWith("/lookup", StringComparison.Ordinal)));
        AppleFields.AssertListed(service.Apple, organization.Location, "GET content catalogue ?ids", "GET content catalogue ?extend[apps]", "GET content catalogue ?l");
    }

    [Fact]
    public async Task Catalog_TooManyRequests_FallsBackToTheOldLookUp()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1500000003", 5, name: "From the old one");
        service.Apple.Settings.CatalogRequestsLeft = 0;

        await organization.UploadTokenAsync();
        service.Apple.Settings.CatalogRequestsLeft = null;

        Assert.Equal("From the old one", await ColumnAsync(organization, "display_name", "1500000003", "ios"));
    }

    private Task<string> ColumnAsync(Organization organization, string column, string adamId, string kind) => service.ScalarAsync<string>($"""
        select a.{column} from apps a join pools p on p.tenant_id = a.tenant_id and p.id = a.pool_id
        where a.tenant_id = $1 and p.adam_id = $2 and a.kind = $3
        """, organization.Tenant, adamId, kind);
}
