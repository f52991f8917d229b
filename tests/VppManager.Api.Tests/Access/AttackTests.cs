using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using VppManager.Api.Access;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Access;

/// <summary>What somebody without a right tries at the front door: it is refused in the usual form, quickly, and nothing leaks or changes.</summary>
[Trait("Rule", "G5")]
public sealed class AttackTests(AttackedService service) : IClassFixture<AttackedService>
{
    private const string Tokens = "/v1.0/deviceAppManagement/vppTokens";

    // What hangs takes longer than this on the slowest machine.
    private static readonly TimeSpan Endless = TimeSpan.FromMinutes(1);

    private readonly Guid tenant = Guid.CreateVersion7();

    public enum Forged
    {
        Expired,
        NotYetValid,
        WrongIssuer,
        WrongAudience,
        OtherKey,
        NoSignature,
        NoneAlgorithm,
        TenantSwapped,
        PermissionsAdded,
        NoTenant,
        EmptyTenant,
        Huge,
        Nonsense,
    }

    public static TheoryData<Forged> EveryForgery => [.. Enum.GetValues<Forged>()];

    [Theory]
    [MemberData(nameof(EveryForgery))]
    public async Task Token_Forged_Is401AndIsNotRepeated(Forged kind)
    {
        using var client = service.Client(tenant);
        var token = Forge(kind);
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        var (status, body) = await Administrators.TryAsync(client, HttpMethod.Get, Tokens);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("InvalidAuthenticationToken", body, StringComparison.Ordinal);
        Assert.DoesNotContain(token, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("displayName eq 'x'' or 1 eq 1'")]
    [InlineData("displayName eq 'x''; drop table tokens; --'")]
    [InlineData("displayName eq 'x' or 1 eq 1; select 1")]
    [InlineData("startswith(displayName,'%') or contains(displayName,'_')")]
    [InlineData("tenantId eq 00000000-0000-0000-0000-000000000000")]
    [InlineData("protectedSecret ne null")]
    [InlineData("token ne null")]
    [InlineData("displayName eq '\0'")]
    [InlineData("id in ('a') or true")]
    public async Task Filter_Injected_FindsNothingOfOthersAndChangesNothing(string filter)
    {
        var (others, _) = await service.OthersAsync();
        using var client = service.Client(tenant);

        var (status, body) = await Administrators.TryAsync(client, HttpMethod.Get, $"{Tokens}?$filter={Uri.EscapeDataString(filter)}");

        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{(int)status} {body}");
        if (status is HttpStatusCode.OK) Assert.Empty(JsonNode.Parse(body)!["value"]!.AsArray());
        Assert.DoesNotContain("Npgsql", body, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await service.ScalarAsync<long>("select count(*) from tokens where tenant_id = $1", others.Tenant));
    }

    [Theory]
    [InlineData("/v1.0/deviceAppManagement/vppTokens/{id}%2f..%2f{id}")]
    [InlineData("/v1.0/%2e%2e/vpp/tokens/{id}")]
    [InlineData("/v1.0/deviceAppManagement/vppTokens('{id}' or '1' eq '1')")]
    [InlineData("/v1.0/deviceAppManagement/vppTokens;a=b/{id}")]
    [InlineData("//v1.0//deviceAppManagement//vppTokens//{id}")]
    [InlineData("/V1.0/DEVICEAPPMANAGEMENT/VPPTOKENS/{id}")]
    [InlineData("/v1.0/deviceAppManagement/vppTokens/{id}/$value")]
    [InlineData("/vpp/tokens/{id}?tenant={tenant}&tid={tenant}")]
    public async Task Path_WithTricks_NeverReachesAnotherTenant(string path)
    {
        var (others, token) = await service.OthersAsync();
        using var client = service.Client(tenant);
        client.DefaultRequestHeaders.Add("X-Tenant", others.Tenant.ToString());
        client.DefaultRequestHeaders.Add("X-Original-URL", $"{Tokens}/{token}");

        var (status, body) = await Administrators.TryAsync(client, HttpMethod.Get,
            path.Replace("{id}", token.ToString(), StringComparison.Ordinal).Replace("{tenant}", others.Tenant.ToString(), StringComparison.Ordinal));

        Assert.InRange((int)status, 400, 499);
        Assert.DoesNotContain("Of others", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nested arrays")]
    [InlineData("nested objects")]
    [InlineData("oversized")]
    [InlineData("duplicate keys")]
    [InlineData("broken unicode")]
    [InlineData("prototype")]
    public async Task Body_Hostile_Is4xxAndQuick(string kind)
    {
        using var client = service.Client(tenant);
        var text = kind switch
        {
            "nested arrays" => new string('[', 100_000) + new string(']', 100_000),
            "nested objects" => string.Concat(Enumerable.Repeat("{\"a\":", 50_000)) + "1" + new string('}', 50_000),
            "oversized" => $$"""{"displayName":"{{new string('x', 5 * 1024 * 1024)}}"}""",
            "duplicate keys" => """{"displayName":"a","displayName":"b","token":1}""",
            "broken unicode" => "{\"displayName\":\"\\ud800\",\"token\":\"x\",\"dataSharingConsentGranted\":true}",
            _ => """{"__proto__":{"admin":true},"constructor":{},"@odata.type":"System.Diagnostics.Process"}""",
        };
        var since = Stopwatch.StartNew();

        using var content = new StringContent(text, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(Tokens, content, TestContext.Current.CancellationToken);

        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.True(since.Elapsed < Endless, $"{since.Elapsed}");
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("wide")]
    [InlineData("long")]
    [InlineData("backtracking")]
    [InlineData("expand")]
    public async Task Query_Hostile_IsAnsweredOrRefusedQuickly(string kind)
    {
        using var client = service.Client(tenant);
        var query = kind switch
        {
            "deep" => "$filter=" + new string('(', 2_000) + "true" + new string(')', 2_000),
            "wide" => "$filter=" + string.Join(" or ", Enumerable.Repeat("displayName eq 'a'", 400)),
            "long" => "$filter=displayName eq '" + new string('a', 9_000) + "'",
            "backtracking" => "$filter=contains(displayName,'" + string.Concat(Enumerable.Repeat("%25a", 500)) + "')",
            _ => "$expand=" + string.Join(',', Enumerable.Repeat("assignments($expand=assignments)", 50)),
        };
        var since = Stopwatch.StartNew();

        var (status, body) = await Administrators.TryAsync(client, HttpMethod.Get, "/beta/deviceAppManagement/mobileApps?" + query);

        Assert.True((int)status < 500, $"{(int)status} {body}");
        Assert.True(since.Elapsed < Endless, $"{since.Elapsed}");
    }

    [Fact]
    public async Task Batch_WithARequestTooLongForALine_IsRefusedAsOneWouldBe()
    {
        using var client = service.Client(tenant);
        var address = "/deviceAppManagement/mobileApps?$filter=displayName eq '" + new string('a', 20_000) + "'";

        var (_, body) = await Administrators.TryAsync(client, HttpMethod.Post, "/v1.0/$batch",
            new { requests = new[] { new { id = "1", method = "GET", url = address } } });

        Assert.Equal(400, JsonNode.Parse(body)!["responses"]![0]!["status"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("client-request-id", "a\u00e4b")]
    [InlineData("Prefer", "odata.maxpagesize=99999999999999999999")]
    [InlineData("Host", "evil.example.com")]
    [InlineData("X-Forwarded-Host", "evil.example.com")]
    [InlineData("Accept-Language", "$(id)")]
    public async Task Header_Hostile_IsNotBelievedOrRepeated(string name, string value)
    {
        using var client = service.Client(tenant);
        using var request = new HttpRequestMessage(HttpMethod.Get, Tokens);
        request.Headers.TryAddWithoutValidation(name, value);

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True((int)answer.StatusCode < 500);
        Assert.DoesNotContain(answer.Headers.SelectMany(header => header.Value), one => one.Contains(value, StringComparison.Ordinal));
        if (name.StartsWith("X-", StringComparison.Ordinal))
            Assert.DoesNotContain("evil", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_Any_CarriesTheHeadersThatBindABrowser()
    {
        using var client = service.Client(tenant);

        foreach (var path in new[] { Tokens, "/vpp/tokens", "/nowhere", "/healthz/live" })
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.False(answer.Headers.Contains("Server"));
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("wrong")]
    [InlineData("of a caller")]
    public async Task Webhook_Forged_IsRefusedAndNothingIsStored(string kind)
    {
        var (organization, _) = await service.OthersAsync();
        var location = await service.ScalarAsync<Guid>("select id from locations where tenant_id = $1", organization.Tenant);
        using var client = service.Client(organization.Tenant);
        if (kind != "of a caller") client.DefaultRequestHeaders.Authorization = kind == "none" ? null : new("Bearer", "wrong");

        var (status, _) = await Administrators.TryAsync(client, HttpMethod.Post, $"/apple/notifications/{organization.Tenant}/{location}",
            new { notificationId = Guid.NewGuid(), notificationType = "ASSET_COUNT", notification = new { } });

        Assert.InRange((int)status, 400, 499);
        Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from notifications where tenant_id = $1", organization.Tenant));
    }

    private string Forge(Forged kind)
    {
        var good = service.Token(tenant);
        var parts = good.Split('.');
        return kind switch
        {
            Forged.Expired => Sign(d => (d.IssuedAt, d.NotBefore, d.Expires) = (DateTime.UtcNow.AddDays(-2), DateTime.UtcNow.AddDays(-2), DateTime.UtcNow.AddDays(-1))),
            Forged.NotYetValid => Sign(d => d.NotBefore = DateTime.UtcNow.AddHours(1)),
            Forged.WrongIssuer => Sign(d => d.Issuer = "https://evil.example.com"),
            Forged.WrongAudience => Sign(d => d.Audience = "another"),
            Forged.OtherKey => Sign(d => d.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(new byte[32]) { KeyId = "development" }, SecurityAlgorithms.HmacSha256)),
            Forged.NoSignature => $"{parts[0]}.{parts[1]}.",
            Forged.NoneAlgorithm => $"{Encoded("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            Forged.TenantSwapped => $"{parts[0]}.{Changed(parts[1], "tid", Guid.CreateVersion7().ToString())}.{parts[2]}",
            Forged.PermissionsAdded => $"{parts[0]}.{Changed(parts[1], "scp", "Everything.All")}.{parts[2]}",
            Forged.NoTenant => Sign(d => d.Claims.Remove("tid")),
            Forged.EmptyTenant => Sign(d => d.Claims["tid"] = Guid.Empty.ToString()),
            Forged.Huge => $"{parts[0]}.{new string('a', 20_000)}.{parts[2]}",
            _ => "not.a.token",
        };
    }

    private string Sign(Action<SecurityTokenDescriptor> change)
    {
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = DevelopmentTokens.Issuer,
            Audience = DevelopmentTokens.Audience,
            IssuedAt = DateTime.UtcNow,
            Expires = DateTime.UtcNow.AddHours(2),
            Claims = new Dictionary<string, object> { ["tid"] = tenant.ToString(), ["oid"] = Guid.NewGuid().ToString(), ["scp"] = string.Join(' ', DevelopmentTokens.AllPermissions) },
            SigningCredentials = new SigningCredentials(service.SigningKey, SecurityAlgorithms.HmacSha256),
        };
        change(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    private static string Changed(string part, string claim, string value)
    {
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(part))!;
        claims[claim] = value;
        return Encoded(claims.ToJsonString());
    }

    private static string Encoded(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}

/// <summary>With one tenant that has something to lose.</summary>
public sealed class AttackedService(PostgresFixture postgres) : ServiceFixture(postgres)
{
    private readonly SemaphoreSlim once = new(1, 1);
    private (Organization Organization, Guid Token)? others;

    internal async Task<(Organization Organization, Guid Token)> OthersAsync()
    {
        await once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (others is { } known) return known;

            var organization = Organization();
            others = (organization, await organization.UploadTokenAsync(displayName: "Of others"));
            return others.Value;
        }
        finally
        {
            once.Release();
        }
    }
}
