namespace VppManager.Api.Hosting.Demo;

/// <summary>Fills a small organisation. Whatever is there already stays; a fake Apple service that has started anew gets its location again.</summary>
internal sealed class Seed(DemoOrganization organization, DemoApple apple, DemoStory story)
{
    public async Task RunAsync(CancellationToken ct)
    {
        story.Came($"Demonstration organisation: {SeedData.Organization}");
        await OwnAsync(ct);
        await TokenAsync(ct);

        var counts = await organization.ImportAsync(SeedData.Directory(), ct);
        story.Came($"{SeedData.Users.Count} users, {SeedData.Devices.Count} devices, 3 groups ({counts["users"]!["added"]} and {counts["devices"]!["added"]} of them new).");

        var apps = await organization.AppsAsync(ct);
        await AssignAsync(apps, SeedData.Scanner, SeedData.Scanners, toDevices: true, ct);
        await AssignAsync(apps, SeedData.Notes, SeedData.FieldStaff, toDevices: false, ct);
    }

    private async Task OwnAsync(CancellationToken ct)
    {
        await apple.EnsureLocationAsync(SeedData.Organization, "GB", ct);
        foreach (var product in SeedData.Products)
        {
            if (await apple.OwnsAsync(product.AdamId, ct)) continue;

            await apple.DescribeAsync(product.AdamId, Described(product), ct);
            await apple.OwnAsync(product.AdamId, Owned(product), ct);
        }
    }

    private async Task TokenAsync(CancellationToken ct)
    {
        var file = await apple.DownloadTokenAsync(SeedData.Organization, SeedData.Account, ct);
        if (await organization.FindTokenAsync(SeedData.Organization, ct) is { } known)
        {
            await organization.RenewTokenAsync(known, file, ct);
            await organization.SyncAsync(known, ct);
            await organization.SyncedAsync(known, ct);
            return;
        }

        await organization.SyncedAsync(await organization.UploadTokenAsync(SeedData.Organization, SeedData.Account, file, ct), ct);
    }

    private async Task AssignAsync(IReadOnlyList<DemoApp> apps, string name, string group, bool toDevices, CancellationToken ct)
    {
        var app = apps.FirstOrDefault(one => one.Name == name) ?? throw new DemoFailedException($"The synchronisation brought no app {name}.");
        await organization.AssignAsync(app, await organization.FindGroupAsync(group, ct), toDevices, ct);
        story.Came($"{name} ({app.Total} licences) is assigned to {group}, licensed to {(toDevices ? "devices" : "users")}.");
    }

    private static object Owned(SeedProduct product) => new
    {
        product.Total,
        product.Name,
        product.Platforms,
        product.BundleId,
        productType = product.Kind == "ebook" ? "Book" : "App",
    };

    private static object Described(SeedProduct product) => new
    {
        product.AdamId,
        product.Name,
        product.BundleId,
        product.ArtistName,
        product.Kind,
        product.Version,
        product.Description,
        genres = new[] { product.Genre },
        deviceFamilies = product.Platforms.SelectMany(SeedProduct.FamiliesOf),
    };
}
