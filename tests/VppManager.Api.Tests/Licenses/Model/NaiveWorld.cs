namespace VppManager.Api.Tests.Licenses.Model;

/// <summary>Everything that was done, in memory, in the plainest way that could be thought of.</summary>
internal sealed class NaiveWorld
{
    public List<NaiveDevice> Devices { get; } = [];
    public List<NaiveUser> Users { get; } = [];
    public List<NaiveGroup> Groups { get; } = [];
    public List<NaiveApp> Apps { get; } = [];

    /// <summary>The number of the latest arrival.</summary>
    public long Now { get; private set; }

    public long Next() => ++Now;

    public NaiveDevice? Device(string serial) => Devices.Find(one => one.Serial == serial);

    public void Settle() => Apps.ForEach(app => app.Settle());

    public void Forget(NaiveUser user)
    {
        Users.Remove(user);
        foreach (var group in Groups) group.Members.Remove(user.Id);
        foreach (var device in Devices.Where(one => one.User == user)) device.User = null;
    }

    public void Forget(NaiveGroup group)
    {
        Groups.Remove(group);
        foreach (var other in Groups) other.Groups.Remove(group);
        foreach (var app in Apps) app.Assignments = app.Assignments.FindAll(one => one.Group != group);
    }

    /// <summary>What a device is told when it checks in (D1, D2, L13, L20), as far as the model follows: what to install, to remove, and to invite to.</summary>
    public IEnumerable<string> Told(NaiveDevice device, Func<NaiveUser, bool> hasAccepted)
    {
        foreach (var app in Apps)
        {
            var intent = app.IntentOn(device);
            if (app.Installs.Find(one => one.Device == device) is { } asked && intent is null) app.Installs.Remove(asked);
            if (device.Installed.Contains(app.AdamId))
            {
                if (intent is null or NaiveIntent.Uninstall) yield return $"remove {app.AdamId}";
                continue;
            }

            var wanted = intent is NaiveIntent.Required || (intent is NaiveIntent.Available && app.AskedOn(device) is { IsRemoved: false });
            if (!wanted || !app.IsLicensedOn(device)) continue;
            yield return app.IsForDevices || hasAccepted(device.ActiveUser!) ? $"install {app.AdamId}" : "invite";
        }
    }
}
