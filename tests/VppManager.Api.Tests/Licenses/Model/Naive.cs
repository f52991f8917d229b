namespace VppManager.Api.Tests.Licenses.Model;

internal enum NaiveIntent
{
    Required,
    Available,
    Uninstall,
}

internal enum NaiveTarget
{
    Group,
    Exclusion,
    AllUsers,
    AllDevices,
}

internal sealed class NaiveDevice(string serial, Guid id, NaiveUser? user)
{
    public string Serial => serial;
    public Guid Id => id;
    public NaiveUser? User { get; set; } = user;
    public bool IsManaged { get; set; } = true;

    /// <summary>Numbers in the store of what is on it.</summary>
    public HashSet<string> Installed { get; } = [];

    /// <summary>Whose account is signed in: nobody's, once the user is disabled.</summary>
    public NaiveUser? ActiveUser => User is { IsEnabled: true } active ? active : null;
}

internal sealed class NaiveUser(string name, Guid id)
{
    public string Name => name;
    public Guid Id => id;
    public bool IsEnabled { get; set; } = true;
}

internal sealed class NaiveGroup(Guid id, bool isForUsers)
{
    public Guid Id => id;
    public bool IsForUsers => isForUsers;

    /// <summary>Users and devices, with the moment at which they joined.</summary>
    public Dictionary<Guid, long> Members { get; } = [];

    /// <summary>Groups within it, with the moment at which they joined.</summary>
    public Dictionary<NaiveGroup, long> Groups { get; } = [];

    /// <summary>Every way in which somebody is a member, with the moment at which it came to be.</summary>
    public IEnumerable<(Guid Member, long Joined, long Own)> All(long since = 0) =>
        Members.Select(one => (one.Key, Math.Max(since, one.Value), one.Value)).Concat(Groups.SelectMany(one => one.Key.All(Math.Max(since, one.Value))));
}

internal sealed record NaiveAssignment(NaiveTarget Target, NaiveGroup? Group, NaiveIntent Intent, long Seq);

/// <summary>Where a user has asked for an app in the Company Portal.</summary>
internal sealed record NaiveInstall(NaiveDevice Device, NaiveUser User, long Seq)
{
    /// <summary>The app was taken off the device since: it is not installed again until asked for.</summary>
    public bool IsRemoved { get; set; }
}

internal enum NaiveState
{
    Held,
    Waiting,
    Released,
}

internal sealed class NaiveLicense(string holder)
{
    /// <summary>A serial number, or the id of a user.</summary>
    public string Holder => holder;

    public NaiveState State { get; set; }
    public long Place { get; set; }

    /// <summary>When it was taken back: older assignments do not give it again.</summary>
    public long? RevokedAt { get; set; }
}

/// <summary>A way in which a holder is entitled.</summary>
internal sealed record NaiveClaim(string Holder, long Arrival, long Joined, long Seq);
