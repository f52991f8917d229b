using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace VppManager.Apple.Tests.Fake.Transport;

/// <summary>A webhook of a device management: writes down what comes and answers as told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Receiver(WebApplication app) => _app = app;

    public ConcurrentQueue<(string? Bearer, JsonElement Body)> Received { get; } = new();

    /// <summary>Status answered.</summary>
    public volatile int Status = 200;

    public string Url => $"{_app.Urls.First()}/hook";

    public IEnumerable<JsonElement> OfType(string type) =>
        Received.Select(one => one.Body).Where(body => body.GetProperty("notificationType").GetString() == type);

    public static async Task<Receiver> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync(ct);

        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var body = await JsonDocument.ParseAsync(request.Body);
        Received.Enqueue((request.Headers.Authorization, body.RootElement.Clone()));

        return Results.StatusCode(Status);
    }
}
