using System.Net.Http.Headers;
using System.Text.Json;
using VppManager.FakeApple.Tokens;

namespace VppManager.FakeApple.Transport;

/// <summary>Sends the notifications of one location, in order unless told otherwise.</summary>
internal sealed class Webhook(FakeLocation location) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public WebhookControl Control { get; } = new();

    private WebhookSettings Settings => location.Server.Settings.Webhooks;

    public void Dispose() => _turn.Dispose();

    public async Task<bool> TestAsync(string url, string token, CancellationToken ct) =>
        await SendAsync(url, token, Notification.Of(Notification.Test, new object()), 1, ct);

    /// <summary>Ends when each was tried once; later attempts go on in the background.</summary>
    public async Task PostAsync(IEnumerable<Notification> notifications)
    {
        string? url, token;
        List<Notification> wanted;
        lock (location.Gate)
        {
            (url, token) = (location.Config.NotificationUrl, location.Config.NotificationAuthToken);
            wanted = [.. notifications.Where(notification => location.Config.IsSubscribed(notification.NotificationType))];
        }

        if (url is null || token is null || wanted.Count == 0) return;

        await _turn.WaitAsync(location.Server.Stopping);
        try
        {
            foreach (var notification in wanted) await DeliverAsync(url, token, notification);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task DeliverAsync(string url, string token, Notification notification)
    {
        var (send, wait) = Control.Decide(notification);
        foreach (var one in send)
        {
            if (wait > TimeSpan.Zero) _ = Task.Run(() => AttemptAsync(url, token, one, 1, wait));
            else if (!await SendAsync(url, token, one, 1, location.Server.Stopping)) _ = Task.Run(() => RetryAsync(url, token, one, 1));
        }
    }

    private async Task AttemptAsync(string url, string token, Notification notification, int attempt, TimeSpan wait)
    {
        await Task.Delay(wait, location.Server.Clock, location.Server.Stopping);
        if (!await SendAsync(url, token, notification, attempt, location.Server.Stopping)) await RetryAsync(url, token, notification, attempt);
    }

    private Task RetryAsync(string url, string token, Notification notification, int attempt) =>
        attempt > Settings.RetryDelays.Count
            ? Task.CompletedTask
            : AttemptAsync(url, token, notification, attempt + 1, Settings.RetryDelays[attempt - 1]);

    private async Task<bool> SendAsync(string url, string token, Notification notification, int attempt, CancellationToken ct)
    {
        var status = await TryAsync(url, token, notification, ct);
        Control.Record(new Delivery(
            notification.NotificationId, notification.NotificationType, attempt, status, location.Server.Clock.GetUtcNow()));

        return status is >= 200 and < 300;
    }

    private async Task<int> TryAsync(string url, string token, Notification notification, CancellationToken ct)
    {
        var body = new NotificationBody(notification.NotificationId, notification.NotificationType, location.Uid, notification.Payload);
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, Wire.Json));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Settings.Timeout);
        try
        {
            using var response = await location.Server.Http.SendAsync(request, limit.Token);

            return (int)response.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return 0;
        }
    }
}
