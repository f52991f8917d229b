using Microsoft.AspNetCore.WebUtilities;
using VppManager.FakeApple.Control;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;
using WireMock.Settings;
using WireMock.Types;
using WireMock.Util;

namespace VppManager.FakeApple.Transport;

/// <summary>Puts the fake on the wire: WireMock answers Apple's addresses by one callback, the control interface runs in front of it.</summary>
internal sealed class AppleHost : IDisposable
{
    private readonly AppleApi _api;
    private readonly HttpContextAccessor _accessor = new();
    private readonly WireMockServer _server;

    public AppleHost(FakeAppleServer server, string url)
    {
        _api = new AppleApi(server);
        _server = WireMockServer.Start(new WireMockServerSettings
        {
            Urls = [url],
            DisableJsonBodyParsing = true,
            AllowBodyForAllHttpMethods = true,
            MaxRequestLogCount = 1,
            AdditionalServiceRegistration = services => ((IServiceCollection)services).AddControl(),
            PreWireMockMiddlewareInit = app => Configure((IApplicationBuilder)app, server),
        });
        Address = new UriBuilder(Uri.UriSchemeHttp, "127.0.0.1", _server.Port).Uri;
        _server.Given(Request.Create().WithPath("/*")).RespondWith(Response.Create().WithCallback(AnswerAsync));
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _server.Stop();
        _server.Dispose();
    }

    private void Configure(IApplicationBuilder app, FakeAppleServer server)
    {
        app.Use((context, next) =>
        {
            _accessor.HttpContext = context;

            return next(context);
        });
        app.UseControl(server);
    }

    private async Task<IResponseMessage> AnswerAsync(IRequestMessage message)
    {
        var context = _accessor.HttpContext!;
        var answer = await _api.AnswerAsync(Read(message), context.RequestAborted);
        if (answer.Cut != Cut.None) context.Response.Body = new BrokenStream(context, answer.Cut == Cut.Halfway ? answer.Body.Length / 2 : 0);

        var response = new ResponseMessage
        {
            StatusCode = answer.Status == 0 ? 200 : answer.Status,
            BodyData = new BodyData { DetectedBodyType = BodyType.Bytes, BodyAsBytes = answer.Cut == Cut.AtOnce ? [0] : answer.Body },
        };
        response.AddHeader("Content-Type", answer.ContentType);
        if (answer.RetryAfter is not null) response.AddHeader("Retry-After", answer.RetryAfter);

        return response;
    }

    private static AppleRequest Read(IRequestMessage message)
    {
        var url = message.AbsoluteUrl is { } absolute ? new Uri(absolute) : message.Url is { } text ? new Uri(text) : throw new InvalidOperationException();
        var query = QueryHelpers.ParseQuery(url.Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);

        return new AppleRequest(
            message.Method,
            url.AbsolutePath,
            url.GetLeftPart(UriPartial.Authority),
            query,
            message.BodyAsBytes ?? message.BodyData?.BodyAsBytes ?? [],
            Header(message, "Authorization"),
            Header(message, "Content-Type"),
            Header(message, "Cookie"));
    }

    private static string? Header(IRequestMessage message, string name) =>
        message.Headers is { } headers && headers.TryGetValue(name, out var values) ? string.Join("; ", values) : null;
}
