using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Licenses;

/// <summary><c>assets/associate</c>, <c>assets/disassociate</c>, <c>assets/revoke</c> and <c>status</c>.</summary>
internal sealed class LicenseEndpoints(FakeSettings settings)
{
    private readonly AssetRules _rules = new(settings);

    public static Outcome Status(AppleCall call) => call.Location.Events.Status(call.Request.Text("eventId"));

    public async Task<Outcome> AcceptAsync(AppleCall call, string type)
    {
        var request = call.Request.Read<AssetRequest>();
        LicenseEvent run;
        lock (call.Location.Gate)
        {
            if (_rules.Check(call.Location, type, request) is { } error) return error;

            run = new LicenseEvent(call.Location, type, Work(call.Location, type, request));
        }

        return await call.Location.Events.AcceptAsync(run);
    }

    private static List<AssetWork> Work(FakeLocation location, string type, AssetRequest request)
    {
        var targets = Targets(location.Ledger.Targets, request);
        if (type != LicenseEvent.Revoke) return request.Keys.ConvertAll(key => new AssetWork(key, targets));

        return [.. location.Ledger.Assets.Where(asset => asset.Revocable)
            .Select(asset => new AssetWork(asset.Key, targets.FindAll(asset.Book.Contains)))
            .Where(work => work.Targets.Count > 0)];
    }

    private static List<Target> Targets(TargetPool pool, AssetRequest request) =>
        [.. request.Users.Select(pool.User), .. request.Devices.Select(pool.Device)];
}
