using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Directory;
using VppManager.FakeApple.Licenses;
using VppManager.FakeApple.Tokens;

namespace VppManager.FakeApple.Transport;

internal delegate Task<Outcome> Endpoint(AppleCall call, CancellationToken ct);

/// <summary>One address of version 2 that asks for a token, and its verbs.</summary>
internal sealed record AppleRoute(Endpoint? Get, Endpoint? Post)
{
    public bool Takes(string method) => method switch { "GET" => Get is not null, "POST" => Post is not null, _ => false };

    public Task<Outcome> CallAsync(AppleCall call, CancellationToken ct) => (call.Request.Method == "GET" ? Get! : Post!)(call, ct);

    public static Dictionary<string, AppleRoute> Table(FakeSettings settings)
    {
        var config = new ConfigEndpoints(settings);
        var assets = new AssetEndpoint(settings);
        var assignments = new AssignmentEndpoint(settings);
        var licenses = new LicenseEndpoints(settings);
        var users = new UserEndpoints(settings);

        return new Dictionary<string, AppleRoute>(StringComparer.Ordinal)
        {
            ["/mdm/v2/client/config"] = new(Now(ConfigEndpoints.Read), config.WriteAsync),
            ["/mdm/v2/assets"] = new(Now(assets.Read), null),
            ["/mdm/v2/assignments"] = new(Now(assignments.Read), null),
            ["/mdm/v2/assets/associate"] = new(null, (call, _) => licenses.AcceptAsync(call, LicenseEvent.Associate)),
            ["/mdm/v2/assets/disassociate"] = new(null, (call, _) => licenses.AcceptAsync(call, LicenseEvent.Disassociate)),
            ["/mdm/v2/assets/revoke"] = new(null, (call, _) => licenses.AcceptAsync(call, LicenseEvent.Revoke)),
            ["/mdm/v2/status"] = new(Now(LicenseEndpoints.Status), null),
            ["/mdm/v2/users"] = new(Now(users.Read), null),
            ["/mdm/v2/users/create"] = new(null, (call, _) => users.AcceptAsync(call, UserEvent.Create)),
            ["/mdm/v2/users/update"] = new(null, (call, _) => users.AcceptAsync(call, UserEvent.Update)),
            ["/mdm/v2/users/retire"] = new(null, (call, _) => users.AcceptAsync(call, UserEvent.Retire)),
        };
    }

    private static Endpoint Now(Func<AppleCall, Outcome> read) => (call, _) => Task.FromResult(read(call));
}
