using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VppManager.Api.Access;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Access;

/// <summary>One service for what administrators may do and what is written down of it; each test has its own tenant.</summary>
[CollectionDefinition(Name)]
public sealed class AccessCollection : ICollectionFixture<ServiceFixture>
{
    public const string Name = "Access";
}

/// <summary>Administrators of a tenant who may not do everything.</summary>
internal sealed class Administrators(ServiceFixture service, Guid tenant) : IDisposable
{
    public const string Roles = "/beta/deviceManagement/roleDefinitions";
    public const string Assignments = "/beta/deviceManagement/roleAssignments";
    public const string Tags = "/beta/deviceManagement/roleScopeTags";

    private readonly List<HttpClient> clients = [];

    public Guid Tenant => tenant;

    /// <summary>Whom the directory makes administrator: bound by no role.</summary>
    public HttpClient Global => field ??= Client(null, administrator: true);

    /// <summary>A member of one group, with every permission in the token.</summary>
    public HttpClient Client(Guid? group, bool administrator = false, bool application = false, IReadOnlyList<string>? permissions = null)
    {
        var client = service.Client(tenant);
        client.DefaultRequestHeaders.Authorization = new("Bearer", service.Token(new DevelopmentTokenRequest(
            tenant, "limited@example.com", permissions ?? DevelopmentTokens.AllPermissions, application, group is { } one ? [one] : [], administrator)));
        clients.Add(client);
        return client;
    }

    /// <summary>Makes a role and gives it to a group of its own; gives a member's client.</summary>
    public async Task<HttpClient> WithAsync(string[] actions, params string[] tags)
    {
        var group = Guid.NewGuid();
        var role = await SendAsync(Global, HttpMethod.Post, Roles, new
        {
            displayName = $"Role {group}",
            rolePermissions = new[] { new { resourceActions = new[] { new { allowedResourceActions = actions, notAllowedResourceActions = Array.Empty<string>() } } } },
        });
        await GiveAsync(role["id"]!.GetValue<Guid>(), group, tags);
        return Client(group);
    }

    public Task<JsonNode> GiveAsync(Guid role, Guid group, params string[] tags) => SendAsync(Global, HttpMethod.Post, Assignments, new Dictionary<string, object>
    {
        ["@odata.type"] = "#microsoft.graph.deviceAndAppManagementRoleAssignment",
        ["displayName"] = "Given",
        ["members"] = new[] { group },
        ["roleScopeTagIds"] = tags,
        ["roleDefinition@odata.bind"] = $"https://graph.microsoft.com/beta/deviceManagement/roleDefinitions('{role}')",
    });

    public async Task<string> TagAsync(string name) => (await SendAsync(Global, HttpMethod.Post, Tags, new { displayName = name }))["id"]!.GetValue<string>();

    public static async Task<(HttpStatusCode Status, string Body)> TryAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public static async Task<JsonNode> SendAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        var (status, text) = await TryAsync(client, method, path, body);
        Assert.True((int)status < 300, $"{(int)status} {path}: {text}");
        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    public void Dispose() => clients.ForEach(client => client.Dispose());
}
