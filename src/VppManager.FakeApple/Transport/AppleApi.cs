using System.Text;
using System.Text.Json;
using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Legacy;
using VppManager.FakeApple.Tokens;

namespace VppManager.FakeApple.Transport;

/// <summary>Takes a request, plans its misfortune, lets the endpoint answer and writes it all down.</summary>
internal sealed class AppleApi(FakeAppleServer server)
{
    private static readonly byte[] NotFoundPage = "<html><body><h1>Not Found</h1></body></html>"u8.ToArray();

    private readonly Dictionary<string, AppleRoute> _routes = AppleRoute.Table(server.Settings);
    private readonly ConfigEndpoints _config = new(server.Settings);
    private readonly LookupEndpoint _lookup = new(server);
    private readonly CatalogEndpoint _catalog = new(server, new LookupEndpoint(server));
    private readonly LegacyEndpoints _legacy = new(server);

    public async Task<AppleAnswer> AnswerAsync(AppleRequest request, CancellationToken ct)
    {
        var at = server.Clock.GetUtcNow();
        var token = LegacyEndpoints.Takes(request.Path) ? _legacy.Owner(request) : server.Tokens.FromHeader(request.Authorization);
        if (IsVersion2(request.Path)) token?.Location.Window.Record();

        var answer = await AnswerWithFaultsAsync(request, token, ct);
        var uid = (token ?? _lookup.Owner(request))?.Location.Uid;
        server.Journal.Add(new JournalEntry(
            0, at, request.Method, request.Path, request.Query, Encoding.UTF8.GetString(request.Body), uid, answer.Status, answer.ErrorNumber));

        return answer;
    }

    private async Task<AppleAnswer> AnswerWithFaultsAsync(AppleRequest request, FakeToken? token, CancellationToken ct)
    {
        var fault = server.Faults.Take(request.Path, token?.Location.Uid);
        if (fault is { Delay: var delay } && delay > TimeSpan.Zero) await Task.Delay(delay, ct);
        if (fault is { Processed: false }) return fault.Spoil(null);

        var answer = await RouteAsync(request, token, ct);

        return fault?.Spoil(answer) ?? answer;
    }

    private async Task<AppleAnswer> RouteAsync(AppleRequest request, FakeToken? token, CancellationToken ct)
    {
        if (request.Path == LookupEndpoint.Path) return _lookup.Read(request);
        if (CatalogEndpoint.Takes(request.Path)) return _catalog.Read(request);
        if (LegacyEndpoints.Takes(request.Path)) return _legacy.Answer(request);
        if (request.Path == "/mdm/v2/service/config")
            return request.Method == "GET" ? _config.Service(request) : AppleAnswer.Of(new AppleError(9726));
        if (!_routes.TryGetValue(request.Path, out var route)) return new AppleAnswer(404, NotFoundPage, "text/html");
        if (Refusal(request, token, route) is { } refusal) return AppleAnswer.Of(refusal);

        var call = new AppleCall(request, token!);
        var outcome = await CallAsync(route, call, ct);

        return outcome.Error is { } error ? AppleAnswer.Of(error) : AppleAnswer.Of(Sign((Envelope)outcome.Body!, call));
    }

    private AppleError? Refusal(AppleRequest request, FakeToken? token, AppleRoute route)
    {
        if (server.Tokens.Refusal(request.Authorization, token) is { } refused) return refused;
        if (server.Settings.EnforceRate && !token!.Location.Window.Admit(server.Settings.Limits.MaxRequestPerSecond)) return new AppleError(9646);
        if (!route.Takes(request.Method)) return new AppleError(9726);
        if (request.Method != "POST") return null;

        return TokenRegistry.WriteRefusal(token!) ?? (request.IsJson ? null : new AppleError(9727));
    }

    private static async Task<Outcome> CallAsync(AppleRoute route, AppleCall call, CancellationToken ct)
    {
        try
        {
            return await route.CallAsync(call, ct);
        }
        catch (Exception e) when (e is JsonException or FormatException or OverflowException)
        {
            return new AppleError(9602);
        }
    }

    private Envelope Sign(Envelope body, AppleCall call)
    {
        var left = call.Token.Expires - server.Clock.GetUtcNow();
        if (server.Settings.AlwaysSendTokenExpiration || left < TimeSpan.FromDays(15)) body.TokenExpirationDate = Wire.Date(call.Token.Expires);
        body.UId = call.Location.Uid;
        lock (call.Location.Gate) body.MdmInfo = call.Location.Config.MdmInfo;

        return body;
    }

    private static bool IsVersion2(string path) => path.StartsWith("/mdm/v2/", StringComparison.Ordinal);
}
