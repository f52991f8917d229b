namespace VppManager.Api.Tests.Licenses.Model;

/// <summary>One app and its licences, by the rules as they are written, one holder after the other.</summary>
internal sealed class NaiveApp(NaiveWorld world, string adamId, Guid id, bool isForDevices, int total)
{
    private long places;

    public string AdamId => adamId;
    public Guid Id => id;
    public bool IsForDevices => isForDevices;
    public int Total { get; set; } = total;
    public List<NaiveAssignment> Assignments { get; set; } = [];
    public List<NaiveInstall> Installs { get; } = [];
    public List<NaiveLicense> Licenses { get; } = [];

    public int Taken => Licenses.Count(one => one.State is NaiveState.Held);

    public IEnumerable<string> Held => Licenses.Where(one => one.State is NaiveState.Held).Select(one => one.Holder).Order(StringComparer.Ordinal);

    public IEnumerable<string> Waiting => Licenses.Where(one => one.State is NaiveState.Waiting).OrderBy(one => one.Place).Select(one => one.Holder);

    /// <summary>L4 to L7, L16, L18: who goes, who moves up, who comes, in this order; what goes is free only after that.</summary>
    public void Settle()
    {
        var claims = Claims().GroupBy(claim => claim.Holder).ToDictionary(
            ways => ways.Key, ways => new NaiveClaim(ways.Key, ways.Min(way => way.Arrival), ways.Min(way => way.Joined), ways.Max(way => way.Seq)));
        var freed = new List<NaiveLicense>();
        foreach (var license in Licenses.Where(one => one.State is not NaiveState.Released && !claims.ContainsKey(one.Holder)))
        {
            if (license.State is NaiveState.Waiting) license.State = NaiveState.Released;
            else if (world.Device(license.Holder) is not { IsManaged: false }) freed.Add(license);
        }

        Promote();
        foreach (var claim in claims.Values.OrderBy(one => one.Arrival).ThenBy(one => one.Joined).ThenBy(one => one.Holder, StringComparer.Ordinal)) Come(claim);
        foreach (var license in freed) license.State = NaiveState.Released;
        Promote();
    }

    /// <summary>L21.</summary>
    public void Revoke(Func<string, bool> whose)
    {
        foreach (var license in Licenses.Where(one => one.State is not NaiveState.Released && whose(one.Holder)))
            (license.State, license.RevokedAt) = (NaiveState.Released, world.Now);
        Promote();
    }

    private void Promote()
    {
        foreach (var next in Licenses.Where(one => one.State is NaiveState.Waiting).OrderBy(one => one.Place).Take(Math.Max(0, Total - Taken)).ToList())
            next.State = NaiveState.Held;
    }

    private void Come(NaiveClaim claim)
    {
        var license = Licenses.Find(one => one.Holder == claim.Holder);
        if (license is { State: not NaiveState.Released } || license?.RevokedAt >= claim.Seq) return;

        if (license is null) Licenses.Add(license = new NaiveLicense(claim.Holder));
        license.State = Taken < Total ? NaiveState.Held : NaiveState.Waiting;
        (license.Place, license.RevokedAt) = (++places, null);
    }

    /// <summary>A1, A3, L1, L2, L5.</summary>
    private IEnumerable<NaiveClaim> Claims()
    {
        foreach (var (member, way) in Reached(NaiveIntent.Required))
            foreach (var holder in Holders(member)) yield return way with { Holder = holder };

        foreach (var install in Installs.Where(Stands))
            foreach (var (_, way) in Reached(NaiveIntent.Available).Where(one => one.Member == install.User.Id))
                yield return new NaiveClaim(isForDevices ? install.Device.Serial : install.User.Id.ToString(), Math.Max(way.Arrival, install.Seq), install.Seq, way.Seq);
    }

    private bool Stands(NaiveInstall install) =>
        install is { Device.IsManaged: true, User.IsEnabled: true } && install.Device.User == install.User
        && !Reached(NaiveIntent.Required).Any(one => one.Member == install.User.Id || one.Member == install.Device.Id)
        && !Reached(NaiveIntent.Uninstall).Any(one => one.Member == install.User.Id);

    private IEnumerable<string> Holders(Guid member)
    {
        var device = world.Devices.Find(one => one.Id == member);
        var user = world.Users.Find(one => one.Id == member);
        if (device is not null && isForDevices) return device.IsManaged ? [device.Serial] : [];
        if (device is not null) return device is { IsManaged: true, ActiveUser: { } active } ? [active.Id.ToString()] : [];
        if (user is not { IsEnabled: true }) return [];
        return isForDevices ? world.Devices.Where(one => one.User == user && one.IsManaged).Select(one => one.Serial) : [user.Id.ToString()];
    }

    /// <summary>Whom the assignments of this intent mean, but for those who are left out.</summary>
    private IEnumerable<(Guid Member, NaiveClaim Way)> Reached(NaiveIntent intent)
    {
        var leftOut = Assignments.Where(one => one.Target is NaiveTarget.Exclusion).SelectMany(one => one.Group!.All()).Select(one => one.Member).ToHashSet();
        return Assignments.Where(one => one.Intent == intent && one.Target is not NaiveTarget.Exclusion).SelectMany(Means).Where(one => !leftOut.Contains(one.Member));
    }

    private IEnumerable<(Guid Member, NaiveClaim Way)> Means(NaiveAssignment one) => one.Target switch
    {
        NaiveTarget.AllUsers => world.Users.Select((user, n) => (user.Id, new NaiveClaim("", one.Seq, n, one.Seq))),
        NaiveTarget.AllDevices => world.Devices.Select((device, n) => (device.Id, new NaiveClaim("", one.Seq, n, one.Seq))),
        _ => one.Group!.All().Select(way => (way.Member, new NaiveClaim("", Math.Max(one.Seq, way.Joined), way.Own, one.Seq))),
    };

    /// <summary>A6, for one device and who uses it. Null: the app does not concern it.</summary>
    public NaiveIntent? IntentOn(NaiveDevice device)
    {
        bool User(NaiveIntent intent) => device.ActiveUser is { } user && Reached(intent).Any(one => one.Member == user.Id);
        bool Device(NaiveIntent intent) => Reached(intent).Any(one => one.Member == device.Id);

        if (User(NaiveIntent.Required) || Device(NaiveIntent.Required)) return NaiveIntent.Required;
        if (User(NaiveIntent.Uninstall)) return NaiveIntent.Uninstall;
        if (User(NaiveIntent.Available) && (!Device(NaiveIntent.Uninstall) || AskedOn(device) is not null)) return NaiveIntent.Available;
        return Device(NaiveIntent.Uninstall) ? NaiveIntent.Uninstall : null;
    }

    public NaiveInstall? AskedOn(NaiveDevice device) => Installs.Find(one => one.Device == device && one.User == device.ActiveUser);

    public bool IsLicensedOn(NaiveDevice device)
    {
        var holder = isForDevices ? device.Serial : device.ActiveUser?.Id.ToString();
        return Licenses.Exists(one => one.Holder == holder && one.State is NaiveState.Held);
    }
}
