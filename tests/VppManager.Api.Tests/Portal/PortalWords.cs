using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Portal;

/// <summary>The Company Portal of one user on one device, as an MDM asks for it, or as the user does.</summary>
internal sealed class PortalOf(ServiceFixture service, Organization organization, Guid user, Guid device, HttpClient? client = null)
{
    private static readonly string[] Mdm = ["DeviceManagementManagedDevices.ReadWrite.All"];

    private HttpClient Client => field ??= client ?? service.Client(organization.Tenant, permissions: Mdm, application: true);

    private string Address => $"/portal/users/{user}/devices/{device}/apps";

    public static Guid ObjectIdOf(ServiceFixture service, Guid tenant, string user) => Guid.Parse(new JsonWebToken(service.Token(tenant, user)).GetClaim("oid").Value);

    public async Task<List<JsonNode>> AppsAsync() => [.. (await SendAsync(HttpMethod.Get, "")).Body["value"]!.AsArray().Select(one => one!)];

    public async Task<JsonNode> AppAsync(Guid app) => (await SendAsync(HttpMethod.Get, $"/{app}")).Body;

    public async Task<string> StateAsync(Guid app) => (await AppAsync(app))["state"]!.GetValue<string>();

    public Task<(int Status, JsonNode Body)> InstallAsync(Guid app) => SendAsync(HttpMethod.Post, $"/{app}/install");

    public Task<(int Status, JsonNode Body)> UpdateAsync(Guid app) => SendAsync(HttpMethod.Post, $"/{app}/update");

    public async Task<(int Status, JsonNode Body)> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, Address + path);
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }
}
