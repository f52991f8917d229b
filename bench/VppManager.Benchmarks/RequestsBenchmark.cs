using System.Globalization;

namespace VppManager.Benchmarks;

/// <summary>How many requests Apple gets for scopes of different shapes, against the least that its limits allow (25 assets, 1,000 devices and 1,000 users a request; 100 users to register).</summary>
internal static class RequestsBenchmark
{
    /// <param name="Name">What is assigned to whom.</param>
    /// <param name="Apps">How many apps.</param>
    /// <param name="Groups">Devices (or users) of each group: the first and how many.</param>
    /// <param name="Targets">For each app the groups it is assigned to.</param>
    /// <param name="Least">The fewest requests with which this can be done, registrations of users included.</param>
    private sealed record Shape(string Name, int Apps, (int From, int Count, bool Users)[] Groups, Func<int, int[]> Targets, int Least);

    private static readonly Shape[] Shapes =
    [
        new("1 app × 1,000 devices", 1, [(0, 1_000, false)], _ => [0], 1),
        new("1 app × 10,000 devices", 1, [(0, 10_000, false)], _ => [0], 10),
        new("20 apps × 10,000 devices", 20, [(0, 10_000, false)], _ => [0], 10),
        new("30 apps × 1,000 devices", 30, [(0, 1_000, false)], _ => [0], 2),
        new("1 app × 1,000 users", 1, [(0, 1_000, true)], _ => [0], 11),
        new("1 app × 1,000 devices and 500 users", 1, [(0, 1_000, false), (0, 500, true)], _ => [0, 1], 6),
        new("2 apps, groups of 600 overlapping by 200", 2, [(0, 600, false), (400, 600, false)], app => [app], 2),
        new("10 apps, each its own 100 devices", 10, [.. Enumerable.Range(0, 10).Select(n => (n * 100, 100, false))], app => [app], 10),
        new("5 apps × 2,000 devices, 5 more × 500 of them", 10, [(0, 2_000, false), (0, 500, false)], app => [app / 5], 3),
        new("3 apps × 4 groups of 50 together", 3, [.. Enumerable.Range(0, 4).Select(n => (n * 50, 50, false))], _ => [0, 1, 2, 3], 1),
    ];

    public static async Task<int> RunAsync(TextWriter output, CancellationToken ct)
    {
        await using var site = await Site.StartAsync(ct);
        await site.AppleAsync(HttpMethod.Patch, "settings", new { enforceRate = false, maxRequestPerSecond = 1_000_000 }, ct);
        await output.WriteLineAsync($"{"shape",-48} {"requests",8} {"least",6} {"ratio",6}");
        foreach (var shape in Shapes)
        {
            var requests = await MeasureAsync(site, shape, ct);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{shape.Name,-48} {requests,8} {shape.Least,6} {(double)requests / shape.Least,6:F2}"));
        }
        return 0;
    }

    private static async Task<int> MeasureAsync(Site site, Shape shape, CancellationToken ct)
    {
        var (uid, token) = await site.LocationAsync(ct);
        for (var app = 0; app < shape.Apps; app++) await site.AppleAsync(HttpMethod.Put, $"locations/{uid}/assets/{AdamId(app)}", new { total = 100_000 }, ct);
        var administrator = site.Administrator(Guid.CreateVersion7());
        await administrator.UploadAsync(token, ct);

        var groups = new List<Guid>();
        foreach (var _ in shape.Groups) groups.Add(await administrator.GroupAsync(ct));
        var apps = new List<Guid>();
        for (var app = 0; app < shape.Apps; app++)
        {
            apps.Add(await administrator.AppAsync(AdamId(app), ct));
            await administrator.AssignAsync(apps[app], shape.Targets(app).Select(group => (groups[group], !shape.Groups[group].Users)), ct);
        }

        await administrator.ImportAsync(Import(shape, groups), ct);
        for (var app = 0; app < shape.Apps; app++) await administrator.SettledAsync(apps[app], Holders(shape, app), ct);

        var journal = (await site.AppleAsync(HttpMethod.Get, $"journal?location={uid}&last=10000", null, ct))!.AsArray();
        return journal.Count(entry => entry!["path"]!.GetValue<string>() is { } path
            && (path.EndsWith("/assets/associate", StringComparison.Ordinal) || path.EndsWith("/users/create", StringComparison.Ordinal)));
    }

    private static int Holders(Shape shape, int app) => shape.Targets(app).Select(group => shape.Groups[group])
        .SelectMany(group => Enumerable.Range(group.From, group.Count).Select(n => (n, group.Users))).Distinct().Count();

    private static object Import(Shape shape, List<Guid> groups)
    {
        var members = shape.Groups.SelectMany((group, at) => Enumerable.Range(group.From, group.Count).Select(n => (Group: groups[at], Name: Name(group.Users, n), group.Users))).ToList();
        return new
        {
            devices = members.Where(one => !one.Users).Select(one => one.Name).Distinct().Select(name => new { serialNumber = name, deviceName = name, operatingSystem = "iPadOS" }),
            users = members.Where(one => one.Users).Select(one => one.Name).Distinct().Select(name => new { userPrincipalName = name, displayName = name, accountEnabled = true }),
            memberships = members.Select(one => one.Users ? (object)new { group = one.Group, user = one.Name } : new { group = one.Group, device = one.Name }),
        };
    }

    private static string Name(bool user, int number) =>
        user ? string.Create(CultureInfo.InvariantCulture, $"user{number}@example.com") : string.Create(CultureInfo.InvariantCulture, $"RB{number:D6}");

    private static string AdamId(int app) => (8_000_000 + app).ToString(CultureInfo.InvariantCulture);
}
