using Microsoft.Graph;
using Microsoft.Graph.DeviceAppManagement.MobileApps.Item.Assign;
using Microsoft.Graph.Models;
using Microsoft.Kiota.Abstractions;
using VppManager.Api.Tests.Infrastructure;
using Administrator = VppManager.Api.Tests.Infrastructure.Organization;

namespace VppManager.GraphClient.Tests;

/// <summary>The main job, done by a program that was written for Intune.</summary>
[Collection(ClientCollection.Name)]
public sealed class MainJobTests(ServiceFixture service)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "T1"), Trait("Rule", "L1"), Trait("Rule", "A1")]
    public async Task TokenToLicence_EveryStepThroughTheSdk_TheDeviceHoldsTheLicenceAtApple()
    {
        var administrator = service.Organization();
        administrator.Location.AddAsset("2000001", 5, name: "Field Notes");
        var graph = Sdk.Client(service, administrator.Tenant);
        await CreateTokenAsync(graph, administrator);
        var app = await AppAsync(graph);
        var group = await GroupWithDeviceAsync(graph, administrator, "C02SDK000001");

        await graph.DeviceAppManagement.MobileApps[app].Assign.PostAsync(new AssignPostRequestBody { MobileAppAssignments = [ToGroup(group)] }, cancellationToken: Ct);
        await administrator.SettledAsync(Guid.Parse(app));
        var used = Assert.IsType<IosVppApp>(await graph.DeviceAppManagement.MobileApps[app].GetAsync(cancellationToken: Ct));

        Assert.Equal((5, 1), (used.TotalLicenseCount, used.UsedLicenseCount));
        Assert.Equal("C02SDK000001", Assert.Single(administrator.Location.Assignments).SerialNumber);
        await AssertReadsBackAsync(graph, app, group);
        await AssertRevokesAsync(graph, administrator, app);
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task SyncLicenses_AfterBuying_TheNewTotalIsRead()
    {
        var administrator = service.Organization();
        administrator.Location.AddAsset("2000002", 5);
        var graph = Sdk.Client(service, administrator.Tenant);
        var token = await CreateTokenAsync(graph, administrator);
        administrator.Location.Buy("2000002", 7);

        var asked = await graph.DeviceAppManagement.VppTokens[token].SyncLicenses.PostAsync(cancellationToken: Ct);
        await SyncedAsync(graph, token);

        Assert.Equal(token, asked?.Id);
        Assert.Equal(12, Assert.Single(await IosAppsAsync(graph)).TotalLicenseCount);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task PageIterator_25AppsInPagesOf4_EachAppOnce()
    {
        var administrator = service.Organization();
        for (var n = 0; n < 25; n++) administrator.Location.AddAsset($"{2100000 + n}", 1);
        var graph = Sdk.Client(service, administrator.Tenant);
        await CreateTokenAsync(graph, administrator);
        var names = new List<string?>();

        var first = await graph.DeviceAppManagement.MobileApps.GetAsync(request => request.QueryParameters.Top = 4, Ct);
        Assert.Equal(4, first!.Value!.Count);
        await PageIterator<MobileApp, MobileAppCollectionResponse>.CreatePageIterator(graph, first, app =>
        {
            names.Add(app.DisplayName);
            return true;
        }).IterateAsync(Ct);

        Assert.Equal(25, names.Count);
        Assert.Equal(25, names.Distinct().Count());
    }

    [Fact]
    public async Task ListApps_FilterSelectOrderByCountAndCast_AsTheClientAsks()
    {
        var administrator = service.Organization();
        foreach (var (id, name) in (ReadOnlySpan<(string, string)>)[("2200001", "Alpha"), ("2200002", "Beta"), ("2200003", "Gamma"), ("2200004", "Alphabet")])
            administrator.Location.AddAsset(id, 3, name: name);
        var graph = Sdk.Client(service, administrator.Tenant);
        await CreateTokenAsync(graph, administrator);
        await Eventually.IsAsync(() => IosAppsAsync(graph), apps => apps.Exists(app => app.DisplayName == "Gamma"));

        var found = await graph.DeviceAppManagement.MobileApps.GetAsync(request =>
        {
            request.QueryParameters.Filter = "startsWith(displayName,'Alpha')";
            request.QueryParameters.Orderby = ["displayName desc"];
            request.QueryParameters.Select = ["id", "displayName"];
            request.QueryParameters.Count = true;
        }, Ct);

        Assert.Equal(["Alphabet", "Alpha"], found!.Value!.Select(app => app.DisplayName));
        Assert.Equal(2, found.OdataCount);
        Assert.All(found.Value!, app => Assert.Null(Assert.IsType<IosVppApp>(app).BundleId));
        Assert.Equal(4, await graph.DeviceAppManagement.MobileApps.GraphIosVppApp.Count.GetAsync(cancellationToken: Ct));
        Assert.Equal(4, await graph.DeviceAppManagement.MobileApps.Count.GetAsync(cancellationToken: Ct));
    }

    [Fact]
    [Trait("Rule", "T1"), Trait("Rule", "T16")]
    public async Task VppToken_CreateListRenameDelete_AsTheClientAsksAndTheSecretNeverComesBack()
    {
        var administrator = service.Organization();
        var graph = Sdk.Client(service, administrator.Tenant);
        var id = await CreateTokenAsync(graph, administrator);

        var listed = Assert.Single((await graph.DeviceAppManagement.VppTokens.GetAsync(cancellationToken: Ct))!.Value!);
        var patched = await graph.DeviceAppManagement.VppTokens[id].PatchAsync(new VppToken { AppleId = "other@example.com", AutomaticallyUpdateApps = true }, cancellationToken: Ct);
        await graph.DeviceAppManagement.VppTokens[id].DeleteAsync(cancellationToken: Ct);

        Assert.Equal((id, VppTokenState.Valid, "content@example.com"), (listed.Id, listed.State, listed.AppleId));
        Assert.True(listed.ExpirationDateTime > DateTimeOffset.UtcNow.AddDays(300));
        Assert.Null(listed.Token);
        Assert.Equal(("other@example.com", true), (patched?.AppleId, patched?.AutomaticallyUpdateApps));
        Assert.Empty((await graph.DeviceAppManagement.VppTokens.GetAsync(cancellationToken: Ct))!.Value!);
    }

    [Fact]
    public async Task Directory_UsersAndGroupsByRef_MembersComeBackTyped()
    {
        var administrator = service.Organization();
        var graph = Sdk.Client(service, administrator.Tenant);
        var user = await graph.Users.PostAsync(new User
        {
            AccountEnabled = true,
            DisplayName = "Ada",
            MailNickname = "ada",
            UserPrincipalName = "ada@example.com",
            PasswordProfile = new PasswordProfile { ForceChangePasswordNextSignIn = true, Password = Guid.NewGuid().ToString() },
        }, cancellationToken: Ct);
        var group = await GroupWithDeviceAsync(graph, administrator, "C02SDK000002");
        await graph.Groups[group].Members.Ref.PostAsync(Reference(user!.Id!), cancellationToken: Ct);

        var members = (await graph.Groups[group].Members.GetAsync(cancellationToken: Ct))!.Value!;
        await graph.Groups[group].Members[user.Id].Ref.DeleteAsync(cancellationToken: Ct);
        var left = (await graph.Groups[group].Members.GetAsync(cancellationToken: Ct))!.Value!;

        Assert.Equal(user.Id, Assert.Single(members.OfType<User>()).Id);
        Assert.Equal("C02SDK000002", Assert.Single(members.OfType<Device>()).DisplayName);
        Assert.IsType<Device>(Assert.Single(left));
    }

    private static async Task<string> CreateTokenAsync(GraphServiceClient graph, Administrator administrator)
    {
        var created = await graph.DeviceAppManagement.VppTokens.PostAsync(new VppToken
        {
            Token = administrator.Location.IssueToken().VpptokenFile,
            AppleId = "content@example.com",
            VppTokenAccountType = VppTokenAccountType.Business,
            CountryOrRegion = "us",
            AutomaticallyUpdateApps = false,
        }, cancellationToken: Ct);
        Assert.Null(created!.Token);
        await SyncedAsync(graph, created.Id!);
        return created.Id!;
    }

    private static async Task SyncedAsync(GraphServiceClient graph, string token)
    {
        var synced = await Eventually.IsAsync(
            () => graph.DeviceAppManagement.VppTokens[token].GetAsync(cancellationToken: Ct),
            one => one!.LastSyncStatus is VppTokenSyncStatus.Completed or VppTokenSyncStatus.Failed);
        Assert.Equal((VppTokenSyncStatus.Completed, VppTokenState.Valid), (synced!.LastSyncStatus, synced.State));
    }

    private static async Task<List<IosVppApp>> IosAppsAsync(GraphServiceClient graph) =>
        (await graph.DeviceAppManagement.MobileApps.GraphIosVppApp.GetAsync(cancellationToken: Ct))!.Value!;

    private static async Task<string> AppAsync(GraphServiceClient graph) => Assert.Single(await IosAppsAsync(graph)).Id!;

    private static async Task<string> GroupWithDeviceAsync(GraphServiceClient graph, Administrator administrator, string serialNumber)
    {
        await administrator.DeviceAsync(serialNumber);
        var managed = await graph.DeviceManagement.ManagedDevices.GetAsync(request => request.QueryParameters.Filter = $"serialNumber eq '{serialNumber}'", Ct);
        var deviceId = Assert.Single(managed!.Value!).AzureADDeviceId;
        var devices = await graph.Devices.GetAsync(request => request.QueryParameters.Filter = $"deviceId eq '{deviceId}'", Ct);
        var group = await graph.Groups.PostAsync(
            new Group { DisplayName = "Field", MailEnabled = false, MailNickname = "field", SecurityEnabled = true }, cancellationToken: Ct);
        await graph.Groups[group!.Id].Members.Ref.PostAsync(Reference(Assert.Single(devices!.Value!).Id!), cancellationToken: Ct);
        return group.Id!;
    }

    private static ReferenceCreate Reference(string id) => new() { OdataId = $"https://graph.microsoft.com/v1.0/directoryObjects/{id}" };

    private static MobileAppAssignment ToGroup(string group) => new()
    {
        Intent = InstallIntent.Required,
        Target = new GroupAssignmentTarget { GroupId = group },
        Settings = new IosVppAppAssignmentSettings { UseDeviceLicensing = true },
    };

    private static async Task AssertReadsBackAsync(GraphServiceClient graph, string app, string group)
    {
        var assignment = Assert.Single((await graph.DeviceAppManagement.MobileApps[app].Assignments.GetAsync(cancellationToken: Ct))!.Value!);
        var viaCast = Assert.Single((await graph.DeviceAppManagement.MobileApps[app].GraphIosVppApp.Assignments.GetAsync(cancellationToken: Ct))!.Value!);

        Assert.Equal(InstallIntent.Required, assignment.Intent);
        Assert.Equal(group, Assert.IsType<GroupAssignmentTarget>(assignment.Target).GroupId);
        Assert.True(Assert.IsType<IosVppAppAssignmentSettings>(assignment.Settings).UseDeviceLicensing);
        Assert.Equal(assignment.Id, viaCast.Id);
    }

    private static async Task AssertRevokesAsync(GraphServiceClient graph, Administrator administrator, string app)
    {
        var path = $"deviceAppManagement/mobileApps/{app}/microsoft.graph.iosVppApp";
        var license = Assert.Single((await graph.BetaAsync(Method.GET, $"{path}/assignedLicenses"))["value"]!.AsArray())!;
        Assert.Equal("#microsoft.graph.iosVppAppAssignedDeviceLicense", license["@odata.type"]!.GetValue<string>());
        var device = license["managedDeviceId"]!.GetValue<string>();

        await graph.BetaAsync(Method.POST, $"{path}/revokeDeviceLicense", new { managedDeviceId = device, notifyManagedDevices = false });
        await administrator.SettledAsync(Guid.Parse(app));

        Assert.Empty(administrator.Location.Assignments);
        Assert.Empty((await graph.BetaAsync(Method.GET, $"{path}/assignedLicenses"))["value"]!.AsArray());
    }
}
