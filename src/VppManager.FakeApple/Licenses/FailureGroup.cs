using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Licenses;

/// <summary>Everything of one event that failed for one reason.</summary>
internal sealed class FailureGroup(int number)
{
    private readonly HashSet<AssetKey> _assets = [];
    private readonly HashSet<string> _users = new(StringComparer.Ordinal);
    private readonly HashSet<string> _devices = new(StringComparer.Ordinal);

    public void Add(AssetKey asset, IEnumerable<Target> targets)
    {
        _assets.Add(asset);
        foreach (var target in targets) (target.IsDevice ? _devices : _users).Add(target.Id);
    }

    public void AddUser(string clientUserId) => _users.Add(clientUserId);

    public ErrorBody ToBody() => new AppleError(number, new ErrorInfo
    {
        Assets = _assets.Count > 0 ? [.. _assets.Select(key => new AssetReference(key.AdamId, key.PricingParam))] : null,
        ClientUserIds = _users.Count > 0 ? [.. _users] : null,
        SerialNumbers = _devices.Count > 0 ? [.. _devices] : null,
    }).ToBody();
}
