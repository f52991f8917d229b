namespace VppManager.FakeApple.Licenses;

/// <summary>A device or a user that holds licences; one object per location, so rows share it.</summary>
internal sealed class Target(string id, bool isDevice)
{
    public string Id { get; } = id;

    public bool IsDevice { get; } = isDevice;
}

internal sealed class TargetPool
{
    private readonly Dictionary<string, Target> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Target> _users = new(StringComparer.Ordinal);

    public Target Device(string serialNumber) => GetOrAdd(_devices, serialNumber, true);

    public Target User(string clientUserId) => GetOrAdd(_users, clientUserId, false);

    public Target? KnownDevice(string serialNumber) => _devices.GetValueOrDefault(serialNumber);

    public Target? KnownUser(string clientUserId) => _users.GetValueOrDefault(clientUserId);

    private static Target GetOrAdd(Dictionary<string, Target> pool, string id, bool isDevice)
    {
        if (!pool.TryGetValue(id, out var target)) pool[id] = target = new Target(id, isDevice);

        return target;
    }
}
