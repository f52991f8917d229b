namespace VppManager.Api.Tests.Licenses.Schedules;

internal sealed record WorldDevice(string Serial, Guid Id)
{
    public Guid? User { get; set; }

    public bool Managed { get; set; } = true;
}

internal sealed record WorldUser(string Name, Guid Id)
{
    public bool Enabled { get; set; } = true;
}

internal sealed record WorldGroup(string Name, Guid Id)
{
    public HashSet<Guid> Members { get; } = [];

    public HashSet<WorldGroup> Groups { get; } = [];

    public IEnumerable<Guid> All => Members.Concat(Groups.SelectMany(group => group.All)).Distinct();

    public bool Equals(WorldGroup? other) => other?.Id == Id;

    public override int GetHashCode() => Id.GetHashCode();
}

internal enum WorldTarget
{
    Group,
    Exclusion,
    AllUsers,
    AllDevices,
}

internal sealed record WorldAssignment(WorldTarget Target, WorldGroup? Group, bool ForDevices)
{
    public override string ToString() => $"{Target} {Group?.Name} ({(ForDevices ? "devices" : "users")})";
}

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

    public List<Guid> Members => [.. Devices.Select(device => device.Id), .. Users.Select(user => user.Id)];

    /// <summary>Serial numbers, and ids of users.</summary>
    public HashSet<string> Entitled(WorldApp app)
    {
        var leftOut = app.Assignments.Where(one => one.Target is WorldTarget.Exclusion).SelectMany(one => one.Group!.All).ToHashSet();
        return [.. app.Assignments.SelectMany(one => Addressed(one).Where(member => !leftOut.Contains(member)).SelectMany(member => Holders(member, one.ForDevices)))];
    }

    public void Forget(WorldUser user)
    {
        Users.Remove(user);
        foreach (var group in Groups) group.Members.Remove(user.Id);
        foreach (var device in Devices.Where(device => device.User == user.Id)) device.User = null;
    }

    public void Forget(WorldGroup group)
    {
        Groups.Remove(group);
        foreach (var other in Groups) other.Groups.Remove(group);
        foreach (var app in Apps) app.Assignments = app.Assignments.FindAll(one => one.Group != group);
    }

    private IEnumerable<Guid> Addressed(WorldAssignment one) => one.Target switch
    {
        WorldTarget.Group => one.Group!.All,
        WorldTarget.AllUsers => Users.Select(user => user.Id),
        WorldTarget.AllDevices => Devices.Select(device => device.Id),
        _ => [],
    };

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
