using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using VppManager.Core.Access;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Directory.AppleAccounts;

/// <summary>Apple learns what the list says, and nothing else (G4).</summary>
public sealed class SharedWithAppleTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    [Trait("Rule", "G4")]
    public async Task Journal_OfAWholeMainJob_HoldsTheListedFieldsAndNoOther()
    {
        var organization = service.Organization();
        await LiveAsync(organization);

        var listed = (await organization.GetAsync("/vpp/dataSharedWithApple"))["value"]!.AsArray()
            .Select(one => (Field: $"{one!["call"]} {one["field"]}", About: one["about"]!.GetValue<string>())).ToList();
        Assert.Equal(SharedWithApple.Fields.Count, listed.Count);

        var entries = service.Apple.Journal.Entries.Where(one => one.LocationUid == organization.Location.Uid).ToList();
        var sent = entries.SelectMany(AppleFields.Of).ToHashSet();
        Assert.Empty(sent.Except(listed.Select(one => one.Field)));
        Assert.Empty(listed.Where(one => one.About is not "service").Select(one => one.Field).Except(sent));
        Assert.All(entries, AssertNothingPersonal);
    }

    [Fact]
    [Trait("Rule", "G4"), Trait("Rule", "T11")]
    public async Task Journal_OfALegacyToken_HoldsTheListedFieldsAndNoOther()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("8300003", 400);
        organization.Location.Assign("8300003", Enumerable.Range(1, 301).Select(n => $"LG{n:D3}"));

        await organization.UploadTokenAsync(organization.Location.IssueLegacyToken());

        AppleFields.AssertListed(service.Apple, organization.Location, "POST /mdm/VPPClientConfigSrv sToken", "POST /mdm/getVPPAssetsSrv includeLicenseCounts", "POST /mdm/getAssignments pageIndex");
    }

    /// <summary>Everything that is ever told of users and devices: registered, changed, licensed, taken back, retired.</summary>
    private static async Task LiveAsync(Organization organization)
    {
        organization.Location.AddManagedAccounts("mae@corp.apple", "may@corp.apple");
        organization.Location.AddAsset("8300002", 5);
        var (_, app, group) = await organization.WithUserAppAsync("8300001");
        await organization.JoinUserAsync(group, "quinn");
        var managed = await organization.JoinUserAsync(null, "mae", "mae@corp.apple");
        await organization.EnrolAsync("AG-UDE", managed, AppleAccountWords.UserEnrollment);
        await organization.JoinAsync(group, managed);
        await organization.FiguresAsync(app, held: 2);

        var devices = await organization.AppAsync("8300002");
        var fleet = await organization.GroupAsync("Fleet");
        await organization.JoinAsync(fleet, await organization.EnrolAsync("AG-1", managed));
        await organization.AssignAsync(devices, fleet);
        await organization.HeldAsync(devices, 1);

        await organization.JoinUserAsync(null, "mae", "may@corp.apple");
        await Eventually.IsAsync(() => Task.FromResult(organization.Active()), users => users.Any(one => one.Account == "may@corp.apple"));
        await organization.RevokeAsync(devices, "revokeAllLicenses");
        await organization.HeldAsync(devices, 0);
        await organization.RevokeAsync(app, "revokeAllLicenses");
        await organization.HeldAsync(app, 0);
        await organization.DeleteAsync($"/v1.0/users/{managed}");
        await Eventually.IsAsync(() => Task.FromResult(organization.Location.AllUsers), users => users.Any(one => one.Status == "Retired"));
    }

    /// <summary>Also not within a field that is listed.</summary>
    private static void AssertNothingPersonal(JournalEntry entry)
    {
        var all = entry.BodyText + string.Join(' ', entry.Query.Values);
        foreach (var secret in (string[])["example.com", "Display", "quinn", "Name AG", "iPadOS"])
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
    }
}
