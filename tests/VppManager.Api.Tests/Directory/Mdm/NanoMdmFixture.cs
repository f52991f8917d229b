using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using VppManager.Api.Tests.Infrastructure;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace VppManager.Api.Tests.Directory.Mdm;

/// <summary>A service that a NanoMDM look-alike and another MDM's webhook belong to, by its settings alone.</summary>
public sealed class NanoMdmFixture : ServiceFixture
{
    public const string ApiKey = "nano-api-key-for-tests";
    public const string WebhookSecret = "nano-webhook-secret-for-tests";
    public const string HookSecret = "hook-secret-for-tests";

    private readonly WireMockServer server = WireMockServer.Start();

    public NanoMdmFixture(PostgresFixture postgres) : base(postgres)
    {
        server.Given(Request.Create().WithPath("/nano/v1/enqueue/*").UsingPut()).RespondWith(Response.Create().WithStatusCode(200).WithBody("""{"no_push":true}"""));
        server.Given(Request.Create().WithPath("/nano/v1/push/*").UsingGet()).RespondWith(Response.Create().WithStatusCode(200).WithBody("""{"status":{}}"""));
        server.Given(Request.Create().WithPath("/hook").UsingPost()).InScenario("hook").WillSetStateTo("up").RespondWith(Response.Create().WithStatusCode(503));
        server.Given(Request.Create().WithPath("/hook").UsingPost()).InScenario("hook").WhenStateIs("up").RespondWith(Response.Create().WithStatusCode(204));
    }

    internal Guid NanoTenant { get; } = Guid.CreateVersion7();

    internal Guid HookTenant { get; } = Guid.CreateVersion7();

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["NanoMdm:Tenant"] = NanoTenant.ToString(),
        ["NanoMdm:BaseAddress"] = $"{server.Url}/nano",
        ["NanoMdm:ApiKey"] = ApiKey,
        ["NanoMdm:WebhookSecret"] = WebhookSecret,
        ["NanoMdm:FollowUpAfter"] = "00:00:00.05",
        ["NanoMdm:SendAgainAfter"] = "00:00:01",
        ["DeviceWebhooks:Hooks:0:Tenant"] = HookTenant.ToString(),
        ["DeviceWebhooks:Hooks:0:Address"] = $"{server.Url}/hook",
        ["DeviceWebhooks:Hooks:0:Secret"] = HookSecret,
    };

    internal override IEnumerable<string> Secrets => base.Secrets.Concat([ApiKey, WebhookSecret, HookSecret])
        .Concat(((string[])[ApiKey, WebhookSecret]).Select(secret => Convert.ToBase64String(Encoding.UTF8.GetBytes($"nanomdm:{secret}"))));

    internal Organization OrganizationOf(Guid tenant) => new(this, Apple.AddLocation("Headquarters", "US")) { Tenant = tenant };

    /// <summary>What came to an address below, in order.</summary>
    internal IReadOnlyList<Received> To(string path) =>
        [.. server.LogEntries.Select(entry => entry.RequestMessage!).Where(one => one.Path.StartsWith(path, StringComparison.Ordinal))
            .Select(one => new Received(one.Path, one.Body ?? "", one.Headers!.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)))];

    /// <summary>Posts as NanoMDM does.</summary>
    internal async Task<int> SayAsync(string topic, string part, Dictionary<string, object?> more, string payload, Guid? tenant = null, string password = WebhookSecret)
    {
        more["raw_payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(payload));
        using var client = Hosts[0].CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"nanomdm:{password}")));
        using var answer = await client.PostAsJsonAsync($"/mdm/nanomdm/{tenant ?? NanoTenant}/webhook",
            new Dictionary<string, object?> { ["topic"] = topic, ["created_at"] = "2026-01-01T00:00:00Z", [part] = more }, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        server.Dispose();
    }
}

internal sealed record Received(string Path, string Body, IReadOnlyDictionary<string, string> Headers);
