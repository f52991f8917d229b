using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Seed;

/// <summary>
/// A tenant of a test's own on the shared host: two iOS apps, one for macOS, a book, two users with a device each. Its token has expired, so
/// nothing of it goes to Apple and everything stays as the test left it.
/// </summary>
internal sealed class GraphTenant
{
    private readonly GraphHost graph;

    private GraphTenant(GraphHost graph) => this.graph = graph;

    public Guid Id { get; } = Guid.CreateVersion7();

    public Guid Token { get; } = Guid.NewGuid();

    public Guid Ios { get; } = Guid.NewGuid();

    public Guid Second { get; } = Guid.NewGuid();

    public Guid Mac { get; } = Guid.NewGuid();

    public Guid Book { get; } = Guid.NewGuid();

    public Guid Ann { get; } = Guid.NewGuid();

    public Guid Bob { get; } = Guid.NewGuid();

    public Guid IPad { get; } = Guid.NewGuid();

    public Guid MacBook { get; } = Guid.NewGuid();

    public HttpClient Client => field ??= graph.Client(Id);

    public string App => $"/beta/deviceAppManagement/mobileApps/{Ios}";

    public static async Task<GraphTenant> CreateAsync(GraphHost graph, string behavior = "intune2020")
    {
        var tenant = new GraphTenant(graph);
        await graph.ExecuteAsync(Seed, tenant.Id, tenant.Token, tenant.Ios, tenant.Second, tenant.Mac, tenant.Book, tenant.Ann, tenant.Bob, tenant.IPad, tenant.MacBook, behavior);
        return tenant;
    }

    /// <summary>The id of the pool that an app has its seats from.</summary>
    public Task<Guid> PoolAsync(Guid app) => graph.ScalarAsync<Guid>("select pool_id from apps where tenant_id = $1 and id = $2", Id, app);

    /// <summary>A licence as if it had been given.</summary>
    public async Task<Guid> LicenseAsync(Guid app, Guid? device = null, Guid? user = null, string state = "held", string? reason = null)
    {
        var id = Guid.NewGuid();
        await ChangeAsync("""
            insert into licenses (tenant_id, id, pool_id, holder_kind, holder, device_id, user_id, state, wanted, tracked, place, entitled_at, changed_at, reason)
            select $1, $2, pool_id, $4, $2::text, $5, $6, $7, true, true, 1, now(), now(), $8 from apps where tenant_id = $1 and id = $3
            """, Id, id, app, device is null ? "user" : "device", device ?? (object)DBNull.Value, user ?? (object)DBNull.Value, state, reason ?? (object)DBNull.Value);
        return id;
    }

    /// <summary>What a check-in of the device says of an app.</summary>
    public Task InstallAsync(Guid app, Guid device, string state, int? error = null, string? version = null) => graph.ExecuteAsync("""
        insert into device_apps (tenant_id, device_id, app_id, state, error_code, version, changed_at) values ($1, $2, $3, $4, $5, $6, now())
        """, Id, device, app, state, error ?? (object)DBNull.Value, version ?? (object)DBNull.Value);

    /// <summary>A change that the ledger must have a cause for.</summary>
    public async Task ChangeAsync(string sql, params object[] values)
    {
        await using var connection = await graph.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var cause = new NpgsqlCommand("select set_config('app.cause', 'test', true)", connection);
        await cause.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        // As the service locks: pools before licences.
        await using var pools = new NpgsqlCommand("select 1 from pools where tenant_id = $1 order by id for update", connection) { Parameters = { new() { Value = Id } } };
        await pools.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }

    public Task<JsonNode> GetAsync(string address, int status = 200) => SendAsync("GET", address, null, status);

    public Task<JsonNode> PostAsync(string address, string? body, int status) => SendAsync("POST", address, body, status);

    public Task<JsonNode> PatchAsync(string address, string body, int status = 200) => SendAsync("PATCH", address, body, status);

    public Task<JsonNode> DeleteAsync(string address, int status = 204) => SendAsync("DELETE", address, null, status);

    /// <returns>The body; an empty object where there is none; text as a JSON string where it is no JSON.</returns>
    public async Task<JsonNode> SendAsync(string method, string address, string? body, int status, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);

        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == (int)answer.StatusCode, $"{method} {address}: {(int)answer.StatusCode} {text}");
        if (text.Length == 0) return new JsonObject();
        return answer.Content.Headers.ContentType?.MediaType == "application/json" ? JsonNode.Parse(text)! : JsonValue.Create(text);
    }

    private const string Seed = """
        with tenant as (insert into tenants (id, name, behavior, created_at) values ($1, 'A tenant', $11, now())),
        place as (insert into locations (tenant_id, id, uid, name) values ($1, gen_random_uuid(), $1::text, 'Zurich') returning id),
        token as (
            insert into tokens (tenant_id, id, location_id, display_name, location_name, organization_name, apple_id, country_or_region, account_type,
                automatically_update_apps, data_sharing_consent_granted, claim_from_external_mdm, role_scope_tag_ids, protected_secret, state, expires_at,
                created_at, modified_at, last_sync_status)
            select $1, $2, id, 'HQ', 'Zurich', 'Alpha AG', 'vpp@alpha.example', 'ch', 'business', true, true, false, '{0}', 'none', 'expired',
                '2026-01-31 09:12:44+00', now(), now(), 'none' from place returning id, location_id),
        wanted (app, kind, adam) as (values ($3, 'ios', '1'), ($4, 'ios', '2'), ($5, 'macOs', '3'), ($6, 'book', '4')),
        pool as (
            insert into pools (tenant_id, id, location_id, adam_id, pricing_param, product_type, total, taken, arrivals, apple_assigned, apple_available,
                apple_retired, device_assignable, revocable, platforms)
            select $1, gen_random_uuid(), location_id, adam, 'STDQ', case kind when 'book' then 'Book' else 'App' end, 10, 0, 0, 0, 10, 0, kind <> 'book',
                kind <> 'book', '{iOS,macOS}' from wanted, token returning id, adam_id),
        app as (
            insert into apps (tenant_id, id, token_id, pool_id, kind, display_name, publisher, description, is_featured, bundle_id, genres, ipad, iphone,
                latest_version, created_at, modified_at)
            select $1, app, token.id, pool.id, kind, 'Thing ' || adam, 'Maker', 'As the store says', false, 'com.example.thing' || adam,
                case adam when '1' then '{Business,Reference}'::text[] else '{}' end, true, true, '2.0', now(), now()
            from wanted join pool on pool.adam_id = adam, token),
        person as (
            insert into users (tenant_id, id, user_principal_name, display_name, mail, account_enabled, created_at) values
                ($1, $7, 'Ann@alpha.example', 'Ann', 'ann@alpha.example', true, now()), ($1, $8, 'bob@alpha.example', 'Bob', null, true, now()))
        insert into devices (tenant_id, id, serial_number, azure_ad_device_id, directory_object_id, device_name, user_id, operating_system, os_version,
            is_supervised, owner_type, enrollment_type, management_state, enrolled_at, last_sync_at) values
            ($1, $9, 'SN-' || $1, gen_random_uuid(), gen_random_uuid(), 'iPad of Ann', $7, 'iPadOS', '18.1', true, 'company', 'appleBulkWithUser', 'managed',
             now() - interval '1 hour', now() - interval '1 hour'),
            ($1, $10, 'SM-' || $1, gen_random_uuid(), gen_random_uuid(), 'Mac of Bob', $8, 'macOS', '15.1', true, 'company', 'appleBulkWithUser', 'managed',
             now() - interval '1 hour', now() - interval '1 hour')
        """;
}
