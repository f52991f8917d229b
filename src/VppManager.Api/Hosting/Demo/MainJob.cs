namespace VppManager.Api.Hosting.Demo;

/// <summary>The main job, from a token to the next in line: 100 licences, 500 devices.</summary>
internal sealed class MainJob(DemoOrganization organization, DemoApple apple, DemoStory story)
{
    private const string AdamId = "1440012001";
    private const string AppName = "Warehouse Scan";
    private const int Owned = 100;
    private const int Devices = 500;
    private const int Bought = 50;

    private static readonly string[] Platforms = ["iOS"];
    private static readonly string Revoked = Serial(50);
    private static readonly string Next = Serial(Owned + 1);

    public async Task RunAsync(CancellationToken ct)
    {
        var token = await SetUpAsync(ct);
        var app = await AppOfTokenAsync(token, ct);
        await EnrolAsync(app, ct);
        await FirstComeAsync(app, ct);
        await RevokeAsync(app, ct);
        await BuyMoreAsync(token, app, ct);
        story.Summary(
        [
            $"{Devices} devices wanted {AppName}; there were {Owned} licences, and exactly the first {Owned} to come got them.",
            $"{Revoked}'s licence was revoked: {Next}, next in line, got it.",
            $"{Bought} more were bought: the next {Bought} in line got those, {Devices - Owned - Bought - 1} still wait, and {Revoked} stays without.",
            "After each step Apple's list of holders was the same as ours.",
        ]);
    }

    private async Task<Guid> SetUpAsync(CancellationToken ct)
    {
        story.Step($"At Apple: a location owns {Owned} licences of {AppName}; its content token is downloaded");
        await apple.EnsureLocationAsync("Demo Logistics", "GB", ct);
        await apple.OwnAsync(AdamId, new { total = Owned, name = AppName, platforms = Platforms }, ct);
        var file = await apple.DownloadTokenAsync("Demo Logistics Ltd", "apps@demo-logistics.example", ct);
        story.Came($"A .vpptoken file of {file.Length} characters.");

        story.Step("The token is uploaded, and synchronised");
        return await organization.UploadTokenAsync("Demo Logistics", "apps@demo-logistics.example", file, ct);
    }

    private async Task<Guid> AppOfTokenAsync(Guid token, CancellationToken ct)
    {
        var synced = await organization.SyncedAsync(token, ct);
        story.Came($"Token {token} is {synced["state"]} until {synced["expirationDateTime"]}.");
        var apps = await organization.AppsAsync(ct);
        foreach (var one in apps) story.Came($"App: {one.Name} ({one.Type.Split('.')[^1]}), {one.Used} of {one.Total} licences used.");
        story.Check(
            apps is [{ Name: AppName, Total: Owned, Used: 0 }],
            $"One app came out: {AppName}, {Owned} licences, none used.");
        return apps[0].Id;
    }

    private async Task EnrolAsync(Guid app, CancellationToken ct)
    {
        story.Step($"A group, and {Devices} devices in it: {Serial(1)} comes first, {Serial(Devices)} last");
        var group = await organization.GroupAsync("Warehouse scanners", ct);
        var serials = Serials(1, Devices);
        var counts = await organization.ImportAsync(new
        {
            devices = serials.Select(serial => new { serialNumber = serial, deviceName = $"Scanner {serial}", operatingSystem = "iOS" }),
            memberships = serials.Select(serial => new { group, device = serial }),
        }, ct);
        var (added, joined) = (counts["devices"]!["added"]!.GetValue<int>(), counts["members"]!["added"]!.GetValue<int>());
        story.Check((added, joined) == (Devices, Devices), $"{Devices} devices are enrolled and in the group.");

        story.Step($"{AppName} is assigned to the group: required, licensed to devices");
        await organization.AssignAsync(new DemoApp(app, AppName, "#microsoft.graph.iosVppApp", Owned, 0), group, toDevices: true, ct);
        var figures = await organization.SettledAsync(app, one => one.Held > 0, ct);
        story.Check(
            figures is { Total: Owned, Held: Owned, Waiting: Devices - Owned, Failed: 0 },
            $"{Owned} hold a licence, {Devices - Owned} wait for one.");
    }

    private async Task FirstComeAsync(Guid app, CancellationToken ct)
    {
        story.Step("First come, first served: who holds, who waits, and why");
        await CheckHoldersAsync(app, Serials(1, Owned), $"Exactly the first {Owned} hold: {Serial(1)} to {Serial(Owned)}.", ct);
        var waiting = await organization.LicensesAsync(app, "waiting", ct);
        foreach (var one in waiting.Take(3)) story.Came($"Waits: {one.SerialNumber}, place {one.Place}, reason {one.Reason}");
        story.Came($"... and {waiting.Count - 3} more.");
        story.Check(
            waiting.Select(one => one.SerialNumber).SequenceEqual(Serials(Owned + 1, Devices)),
            $"The others wait in the order in which they came; {Next} is next in line.");
        story.Check(waiting.All(one => one.Reason == "noLicensesLeft"), "All of them wait for one reason: noLicensesLeft.");
    }

    private async Task RevokeAsync(Guid app, CancellationToken ct)
    {
        story.Step($"{Revoked}'s licence is revoked");
        var holder = (await organization.LicensesAsync(app, "held", ct)).Single(one => one.SerialNumber == Revoked);
        await organization.RevokeAsync(app, holder.DeviceId!.Value, ct);
        var figures = await organization.SettledAsync(app, one => one.Waiting < Devices - Owned, ct);
        story.Check(figures is { Held: Owned, Waiting: Devices - Owned - 1 }, $"{Owned} hold as before, one fewer waits.");
        await CheckHoldersAsync(
            app, Serials(1, Owned + 1).Where(one => one != Revoked), $"{Next}, who was next in line, holds it; {Revoked} does not.", ct);
    }

    private async Task BuyMoreAsync(Guid token, Guid app, CancellationToken ct)
    {
        story.Step($"{Bought} more licences are bought at Apple, and the token is synchronised");
        await apple.BuyAsync(AdamId, Bought, ct);
        await organization.SyncAsync(token, ct);
        await organization.SyncedAsync(token, ct);
        var figures = await organization.SettledAsync(app, one => one.Held > Owned, ct);
        story.Check(
            figures is { Total: Owned + Bought, Held: Owned + Bought, Waiting: Devices - Owned - Bought - 1 },
            $"{Bought} more were served: {Owned + Bought} hold, {Devices - Owned - Bought - 1} wait.");
        await CheckHoldersAsync(
            app, Serials(1, Owned + Bought + 1).Where(one => one != Revoked), $"They were the next {Bought} in line: {Serial(Owned + 2)} to {Serial(Owned + Bought + 1)}.", ct);
    }

    /// <summary>We say so, and Apple says so.</summary>
    private async Task CheckHoldersAsync(Guid app, IEnumerable<string> expected, string fact, CancellationToken ct)
    {
        var serials = expected.ToList();
        var ours = await organization.LicensesAsync(app, "held", ct);
        story.Check(ours.Select(one => one.SerialNumber!).Order(StringComparer.Ordinal).SequenceEqual(serials), fact);
        var theirs = await apple.HoldersAsync(AdamId, ct);
        story.Check(theirs.SequenceEqual(serials), $"Apple agrees: its list has the same {theirs.Count} serial numbers.");
    }

    private static List<string> Serials(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(Serial)];

    private static string Serial(int number) => $"SN{number:D3}";
}
