namespace VppManager.Api.Hosting.Demo;

internal sealed record SeedProduct(
    string AdamId, string Name, string ArtistName, string? BundleId, int Total, string[] Platforms, string Kind, string Genre, string Version, string Description)
{
    private static readonly string[] Handhelds = ["iphone", "ipad"];
    private static readonly string[] Computers = ["mac"];

    public static string[] FamiliesOf(string platform) => platform == "iOS" ? Handhelds : Computers;
}

internal sealed record SeedUser(string Name, string UserPrincipalName);

internal sealed record SeedDevice(string SerialNumber, string Model, string OperatingSystem, string? UserPrincipalName);

/// <summary>A small organisation to look around in. All names are made up.</summary>
internal static class SeedData
{
    public const string Organization = "Harbour & Hill";
    public const string Account = "content@harbour-hill.example";
    public const string FieldStaff = "Field staff";
    public const string Scanners = "Warehouse scanners";
    public const string Office = "Office";

    public const string Notes = "Fieldnote";
    public const string Scanner = "Warehouse Scan";

    public static readonly IReadOnlyList<SeedProduct> Products =
    [
        new("1440013001", Notes, "Tallgrass Software", "com.tallgrass.fieldnote", 25, ["iOS"], "iosSoftware", "Productivity", "4.2",
            "Notes, sketches and photographs of a site, kept together and found again."),
        new("1440013002", Scanner, "Kestrel Logistics Tools", "com.kestreltools.scan", 12, ["iOS"], "iosSoftware", "Business", "11.0.3",
            "Turns an iPhone into a scanner for goods in and goods out."),
        new("1440013003", "Route Planner Pro", "Northway Maps", "com.northway.routes", 15, ["iOS", "macOS"], "iosSoftware", "Navigation", "7.5",
            "Plans a day of deliveries around time windows and bridges."),
        new("1440013004", "Draft Studio", "Ink & Angle", "com.inkangle.draft", 8, ["macOS"], "desktopApp", "Graphics & Design", "2026.1",
            "Plans and sections to scale, from the first line to the printed sheet."),
        new("1440013005", "Working Safely at Height", "Scaffold Press", null, 30, [], "ebook", "Reference", "1",
            "A short handbook for everyone who climbs for a living."),
    ];

    private static readonly string[] Names =
    [
        "Ada Marsh", "Bela Okafor", "Cleo Lindqvist", "Dev Ramanathan", "Edda Novak", "Femi Adeyemi", "Greta Holm", "Hugo Brandt", "Ines Carvalho",
        "Jonas Weber", "Kaya Yilmaz", "Lior Amsel", "Mina Park", "Nils Aalto", "Orla Byrne", "Pavel Horak", "Quinn Avery", "Rosa Benitez",
        "Sami Haddad", "Tove Dahl", "Uma Pillai", "Viktor Petrov", "Wanda Kowal", "Xavier Roche", "Yuki Mori",
    ];

    public static IReadOnlyList<SeedUser> Users { get; } =
        [.. Names.Select(name => new SeedUser(name, $"{name.ToLowerInvariant().Replace(' ', '.')}@harbour-hill.example"))];

    /// <summary>A phone for each of the field staff, a Mac for each in the office, and shared scanners.</summary>
    public static IReadOnlyList<SeedDevice> Devices { get; } =
    [
        .. Users.Take(15).Select((user, n) => new SeedDevice($"HHP2K7Q{n + 1:D3}", "iPhone 15", "iOS", user.UserPrincipalName)),
        .. Users.Skip(15).Select((user, n) => new SeedDevice($"HHM9T4X{n + 1:D3}", "MacBook Air", "macOS", user.UserPrincipalName)),
        .. Enumerable.Range(1, 15).Select(n => new SeedDevice($"HHS3W8C{n:D3}", "iPhone SE", "iOS", null)),
    ];

    /// <summary>The body of an import: the same again changes nothing.</summary>
    public static object Directory() => new
    {
        users = Users.Select(user => new { user.UserPrincipalName, displayName = user.Name, mail = user.UserPrincipalName, accountEnabled = true }),
        devices = Devices.Select(device => new Dictionary<string, object?>
        {
            ["serialNumber"] = device.SerialNumber,
            ["deviceName"] = $"{device.Model} {device.SerialNumber[^3..]}",
            ["userPrincipalName"] = device.UserPrincipalName,
            ["operatingSystem"] = device.OperatingSystem,
            ["model"] = device.Model,
            ["manufacturer"] = "Apple",
        }),
        groups = new[] { FieldStaff, Office, Scanners }.Select(name => new { displayName = name }),
        memberships = Users.Take(15).Select(user => Member(FieldStaff, user: user.UserPrincipalName))
            .Concat(Users.Skip(15).Select(user => Member(Office, user: user.UserPrincipalName)))
            .Concat(Devices.Where(device => device.UserPrincipalName is null).Select(device => Member(Scanners, device: device.SerialNumber))),
    };

    private static object Member(string group, string? user = null, string? device = null) => new { group, user, device };
}
