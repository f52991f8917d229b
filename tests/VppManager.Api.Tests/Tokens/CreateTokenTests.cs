using System.Net;
using System.Text;
using VppManager.Api.Tests.Infrastructure;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Tokens;

public sealed class CreateTokenTests(QuickServiceFixture service) : IClassFixture<QuickServiceFixture>
{
    [Fact, Trait("Rule", "T1")]
    public async Task Create_WhatTheRequestLeavesOut_ComesFromApple()
    {
        var organization = service.Organization("DE");

        var created = await organization.CreateAsync(organization.Location.IssueToken(orgName: "Example Logistics").VpptokenFile);

        Assert.Equal("valid", created.State());
        Assert.Equal("de", created["countryOrRegion"]!.GetValue<string>());
        Assert.Equal("Headquarters", created["locationName"]!.GetValue<string>());
        Assert.Equal("Example Logistics", created["organizationName"]!.GetValue<string>());
    }

    [Fact, Trait("Rule", "T2")]
    public async Task Create_WithoutConsent_IsRefusedAndNothingReachesApple()
    {
        var organization = service.Organization();

        var (status, text) = await organization.TryCreateAsync(organization.Location.IssueToken().VpptokenFile, consent: false);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("dataSharingConsentGranted", text, StringComparison.Ordinal);
        Assert.Equal(0, await TokensAsync(organization));
        Assert.Equal(0, organization.Location.MostRequestsPerSecond);
    }

    public static TheoryData<string, string> UnreadableFiles => new()
    {
        { "***", "Base64" },
        { Base64("no json"), "JSON" },
        { Base64("""{"expDate":"2031-02-03T04:05:06+0000"}"""), "'token'" },
        { Base64("""{"token":"abc"}"""), "'expDate'" },
        { new string('A', 70_000), "64 KiB" },
    };

    [Theory, Trait("Rule", "T3"), MemberData(nameof(UnreadableFiles))]
    public async Task Create_FileUnreadable_IsRefusedAndSaysWhy(string file, string why)
    {
        var organization = service.Organization();

        var (status, text) = await organization.TryCreateAsync(file);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(why, text, StringComparison.Ordinal);
        Assert.Equal(0, await TokensAsync(organization));
    }

    [Fact, Trait("Rule", "T4")]
    public async Task Create_AppleOutOfReach_IsStoredAsUnknownAndCheckedByTheNextSync()
    {
        var organization = service.Organization();
        service.Apple.Faults.Next("client/config", 1, Fault.Answer(503), organization.Location.Uid);

        var created = await organization.CreateAsync(organization.Location.IssueToken().VpptokenFile);
        await organization.SyncAsync(created.Id());

        Assert.Equal("unknown", created.State());
        Assert.Equal("valid", await organization.StateAsync(created.Id()));
    }

    [Fact, Trait("Rule", "T9")]
    public async Task Create_AppleHasRevokedIt_IsStoredAsInvalid()
    {
        var organization = service.Organization();
        var token = organization.Location.IssueToken();
        token.Revoke();

        Assert.Equal("invalid", (await organization.CreateAsync(token.VpptokenFile)).State());
    }

    [Fact, Trait("Rule", "T5")]
    public async Task Create_OneMoreThanTheLimit_IsRefused()
    {
        var organization = service.Organization();
        await organization.UploadTokenAsync();
        await service.ExecuteAsync("""
            insert into tokens (tenant_id, id, account_type, automatically_update_apps, claim_from_external_mdm, created_at, data_sharing_consent_granted,
                expires_at, last_sync_status, modified_at, protected_secret, role_scope_tag_ids, state)
            select $1, gen_random_uuid(), 'business', false, false, now(), true, now(), 'none', now(), '', '{0}', 'expired' from generate_series(2, 3000)
            """, organization.Tenant);

        var (status, text) = await organization.TryCreateAsync(organization.Location.IssueToken().VpptokenFile);

        Assert.False((int)status is >= 200 and < 300, text);
        Assert.Contains("3000", text, StringComparison.Ordinal);
        Assert.Equal(3000, await TokensAsync(organization));
    }

    [Fact, Trait("Rule", "T6")]
    public async Task Create_LocationOfAnotherTenant_IsRefusedWithoutTellingWhose()
    {
        var owner = service.Organization();
        await owner.UploadTokenAsync();
        var other = new Organization(service, owner.Location);

        var (status, text) = await other.TryCreateAsync(owner.Location.IssueToken().VpptokenFile);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.DoesNotContain(owner.Tenant.ToString(), text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await TokensAsync(other));
    }

    [Fact, Trait("Rule", "T16")]
    public async Task Create_TheSecret_IsStoredProtectedAndNeverReturned()
    {
        var organization = service.Organization();
        var file = organization.Location.IssueToken().VpptokenFile;

        var created = await organization.CreateAsync(file);

        var stored = await service.ScalarAsync<string>("select t::text from tokens t where id = $1", created.Id());
        Assert.DoesNotContain(file, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(file, (await organization.TokenAsync(created.Id())).ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(file, created.ToJsonString(), StringComparison.Ordinal);
    }

    private Task<long> TokensAsync(Organization organization) => service.ScalarAsync<long>("select count(*) from tokens where tenant_id = $1", organization.Tenant);

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
