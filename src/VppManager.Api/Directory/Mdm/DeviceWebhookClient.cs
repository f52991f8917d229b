using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace VppManager.Api.Directory.Mdm;

/// <summary>Posts which devices have something to do, signed: HMAC-SHA256 over the time, a dot and the body.</summary>
internal sealed class DeviceWebhookClient(IHttpClientFactory clients, TimeProvider time)
{
    public const string HttpClientName = "DeviceWebhook";
    public const string SignatureHeader = "X-Vpp-Signature";
    public const string TimeHeader = "X-Vpp-Timestamp";

    public async Task PostAsync(DeviceWebhook hook, IReadOnlyList<Guid> devices, CancellationToken ct)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { tenantId = hook.Tenant, deviceIds = devices }, JsonSerializerOptions.Web);
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var client = clients.CreateClient(HttpClientName);
        using var request = new HttpRequestMessage(HttpMethod.Post, hook.Address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(TimeHeader, at);
        request.Headers.Add(SignatureHeader, $"sha256={Signature(hook.Secret!, at, body)}");
        using var answer = await client.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
    }

    public static string Signature(string secret, string at, byte[] body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"{at}."), .. body]));
}
