using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Tokens;

/// <summary>What tests say to the address that Apple posts to, and what Apple was told of it.</summary>
internal static class WebhookWords
{
    /// <summary>What the service last told Apple of itself.</summary>
    public static JsonElement LastClaim(this ServiceFixture service, Organization organization) =>
        service.Claims(organization)[^1];

    public static List<JsonElement> Claims(this ServiceFixture service, Organization organization) =>
        [.. service.RequestsTo(organization, "/client/config").Where(one => one.Method == "POST").Select(one => one.Body!.Value)];

    public static string Address(this JsonElement claim) => claim.GetProperty("notificationUrl").GetString()!;

    public static string Secret(this JsonElement claim) => claim.GetProperty("notificationAuthToken").GetString()!;

    public static IEnumerable<FakeApple.Transport.JournalEntry> RequestsTo(this ServiceFixture service, Organization organization, string path) =>
        service.Apple.Journal.To(path).Where(one => one.LocationUid == organization.Location.Uid);

    public static Task<JsonNode> ClaimAsync(this Organization organization, Guid token) => organization.GetAsync($"/vpp/tokens/{token}/claim");

    public static object Notification(string type, string? uid, object content, string? id = null) =>
        new { notificationId = id ?? Guid.NewGuid().ToString(), notificationType = type, uId = uid, notification = content };

    /// <summary>Posts as Apple does.</summary>
    public static Task<HttpStatusCode> NotifyAsync(this ServiceFixture service, string address, string? secret, object body, int instance = 0) =>
        service.NotifyAsync(address, secret, JsonSerializer.Serialize(body), instance);

    public static async Task<HttpStatusCode> NotifyAsync(this ServiceFixture service, string address, string? secret, string body, int instance = 0)
    {
        using var client = service.Hosts[instance].CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address).AbsolutePath);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (secret is not null) request.Headers.Authorization = new("Bearer", secret);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
