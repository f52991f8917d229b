namespace VppManager.Api.Tests.Licenses.Schedules;

internal sealed record WorldDevice(string Serial, Guid Id, Guid? User)
{
    public bool Managed { get; set; } = true;
}

internal sealed record WorldUser(string Name, Guid Id)
{
    public bool Enabled { get; set; } = true;
}

internal sealed record WorldGroup(string Name, Guid Id)
{
    public HashSet<Guid> Members { get; } = [];
}

internal sealed record WorldAssignment(WorldGroup Group, bool Excluded, bool ForDevices);

internal sealed record WorldApp(string AdamId, Guid Id)
{
    public List<WorldAssignment> Assignments { get; set; } = [];

    /// <summary>Whether an administrator has ever taken licences of it back.</summary>
    public bool Revoked { get; set; }
}

/// <summary>What the schedule has done so far, and who is entitled by that: written down without a thought for how the service finds it out.</summary>
internal sealed class World
{
    public List<WorldDevice> Devices { get; } = [];

    public List<WorldUser> Users { get; } = [];

    public List<WorldGroup> Groups { get; } = [];

    public List<WorldApp> Apps { get; } = [];

    public IEnumerable<Guid> Members => Devices.Select(device => device.Id).Concat(Users.Select(user => user.Id));

    /// <summary>Serial numbers, and ids of users.</summary>
    public HashSet<string> Entitled(WorldApp app) =>
        [.. app.Assignments.Where(one => !one.Excluded).SelectMany(one => one.Group.Members.Where(member => !IsLeftOut(app, member)).SelectMany(member => Holders(member, one.ForDevices)))];

    private static bool IsLeftOut(WorldApp app, Guid member) => app.Assignments.Exists(one => one.Excluded && one.Group.Members.Contains(member));

    private IEnumerable<string> Holders(Guid member, bool forDevices) => (Devices.Find(one => one.Id == member), forDevices) switch
    {
        ({ } device, true) => Serials([device]),
        ({ } device, false) => device is { Managed: true, User: { } user } ? Accounts(user) : [],
        (null, true) => Accounts(member).SelectMany(_ => Serials(Devices.Where(one => one.User == member))),
        (null, false) => Accounts(member),
    };

    private static IEnumerable<string> Serials(IEnumerable<WorldDevice> devices) => devices.Where(one => one.Managed).Select(one => one.Serial);

    private IEnumerable<string> Accounts(Guid user) => Users.Where(one => one.Id == user && one.Enabled).Select(one => one.Id.ToString());
}
