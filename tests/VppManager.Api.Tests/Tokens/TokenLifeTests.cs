using System.Net;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Tokens;

public sealed class TokenLifeTests(QuickServiceFixture service) : IClassFixture<QuickServiceFixture>
{
    private const string AdamId = "1000000042";

    [Fact, Trait("Rule", "T7")]
    public async Task SameLocationTwice_BothTokens_AreDuplicatesAndDoNotSync()
    {
        var organization = service.Organization();
        var first = await organization.UploadTokenAsync();

        var second = (await organization.CreateAsync(organization.Location.IssueToken().VpptokenFile)).Id();

        Assert.Equal("duplicateLocationId", await organization.StateAsync(first));
        Assert.Equal("duplicateLocationId", await organization.StateAsync(second));
        using var answer = await organization.Client.PostAsync($"{TokenWords.Tokens}/{second}/syncLicenses", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    [Fact, Trait("Rule", "T7")]
    public async Task Locations_OfOneName_AreTwoAndTheSameFileTwiceIsOne()
    {
        var organization = service.Organization();
        var other = service.Apple.AddLocation(organization.Location.Name);
        var file = organization.Location.IssueToken();
        var first = await organization.UploadTokenAsync(file);
        var second = await organization.UploadTokenAsync(other.IssueToken());
        Assert.Equal(["Headquarters", "Headquarters"], await service.ColumnAsync<string>("select location_name from tokens where tenant_id = $1", organization.Tenant));
        Assert.Equal(("valid", "valid"), (await organization.StateAsync(first), await organization.StateAsync(second)));

        var again = (await organization.CreateAsync(file.VpptokenFile)).Id();
        Assert.Equal(("duplicateLocationId", "duplicateLocationId", "valid"),
            (await organization.StateAsync(first), await organization.StateAsync(again), await organization.StateAsync(second)));

        await organization.DeleteAsync($"{TokenWords.Tokens}/{again}");
        await organization.SyncedAsync(first);
        organization.Location.Name = "Renamed";
        await organization.SyncAsync(first);
        Assert.Equal(("valid", "Renamed"), (await organization.StateAsync(first), (await organization.TokenAsync(first))["locationName"]!.GetValue<string>()));
        Assert.Equal(2, await service.ScalarAsync<long>("select count(*) from locations where tenant_id = $1", organization.Tenant));
    }

    [Fact, Trait("Rule", "T7")]
    public async Task DeleteDownToOne_TheLast_IsValidAgainAndSyncs()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(AdamId, 5);
        var first = await organization.UploadTokenAsync();
        var second = (await organization.CreateAsync(organization.Location.IssueToken().VpptokenFile)).Id();

        await organization.DeleteAsync($"{TokenWords.Tokens}/{first}");
        await organization.SyncedAsync(second);

        Assert.Equal("valid", await organization.StateAsync(second));
        Assert.Equal(second, await service.ScalarAsync<Guid>("select token_id from apps where tenant_id = $1", organization.Tenant));
    }

    [Fact, Trait("Rule", "T8")]
    public async Task ForeignOwner_WithoutConsentToTakeOver_IsLeftAlone()
    {
        var organization = service.Organization();
        organization.Location.TakeOver("another-mdm", "Another MDM");

        var created = await organization.CreateAsync(organization.Location.IssueToken().VpptokenFile);

        Assert.Equal("assignedToExternalMDM", created.State());
        Assert.Equal("another-mdm", organization.Location.MdmInfo?.Id);
    }

    [Fact, Trait("Rule", "T8")]
    public async Task ForeignOwner_WithConsentToTakeOver_IsReplaced()
    {
        var organization = service.Organization();
        organization.Location.TakeOver("another-mdm", "Another MDM");

        var created = await organization.CreateAsync(organization.Location.IssueToken().VpptokenFile, claim: true);

        Assert.Equal("valid", created.State());
        Assert.Equal(organization.Tenant.ToString(), organization.Location.MdmInfo?.Id);
    }

    [Fact, Trait("Rule", "T8")]
    public async Task Takeover_NoticedBySync_StopsTheTokenUntilConsentIsGivenAnew()
    {
        var organization = service.Organization();
        var token = (await organization.CreateAsync(organization.Location.IssueToken().VpptokenFile, claim: true)).Id();
        await organization.SyncedAsync(token);

        organization.Location.TakeOver("another-mdm", "Another MDM");
        await organization.SyncAsync(token);
        var stopped = await organization.StateAsync(token);
        var ownerWhenStopped = organization.Location.MdmInfo?.Id;
        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { claimTokenManagementFromExternalMdm = true });

        Assert.Equal("assignedToExternalMDM", stopped);
        Assert.Equal("another-mdm", ownerWhenStopped);
        Assert.Equal("valid", await organization.StateAsync(token));
        Assert.Equal(organization.Tenant.ToString(), organization.Location.MdmInfo?.Id);
    }

    [Fact, Trait("Rule", "T10")]
    public async Task Renewal_AfterRevocation_KeepsIdAndApps()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(AdamId, 5);
        var token = await organization.UploadTokenAsync();
        var app = await organization.AppAsync(AdamId);
        foreach (var old in organization.Location.Tokens) old.Revoke();
        await organization.SyncAsync(token);
        var revoked = await organization.StateAsync(token);

        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { token = organization.Location.IssueToken().VpptokenFile });
        await organization.SyncedAsync(token);

        Assert.Equal("invalid", revoked);
        Assert.Equal("valid", await organization.StateAsync(token));
        Assert.Equal(app, await organization.AppAsync(AdamId));
    }

    [Fact, Trait("Rule", "T10")]
    public async Task Renewal_FileOfAnotherLocation_IsRefusedAndChangesNothing()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();
        var elsewhere = service.Apple.AddLocation("Elsewhere");

        var (status, _) = await organization.TryPatchAsync(token, new { token = elsewhere.IssueToken().VpptokenFile });
        await organization.SyncAsync(token);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("valid", await organization.StateAsync(token));
    }

    [Fact, Trait("Rule", "T12")]
    public async Task Delete_LastTokenOfALocation_TakesEverythingHereAndNothingAtApple()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(AdamId, 5);
        organization.Location.Assign(AdamId, ["SN1", "SN2"]);
        var token = await organization.UploadTokenAsync();

        await organization.DeleteAsync($"{TokenWords.Tokens}/{token}");

        foreach (var table in (string[])["tokens", "locations", "pools", "apps", "licenses", "sync_runs"])
            Assert.Equal(0, await service.ScalarAsync<long>($"select count(*) from {table} where tenant_id = $1", organization.Tenant));
        Assert.Equal(2, organization.Location.Assignments.Count);
    }
}
