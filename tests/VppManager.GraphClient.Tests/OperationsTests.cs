using Microsoft.Graph;
using Microsoft.Graph.DeviceAppManagement.ManagedEBooks.Item.Assign;
using Microsoft.Graph.DeviceManagement.ManagedDevices.Item.Wipe;
using Microsoft.Graph.DeviceManagement.Reports.RetrieveDeviceAppInstallationStatusReport;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Assignments;
using Administrator = VppManager.Api.Tests.Infrastructure.Organization;

namespace VppManager.GraphClient.Tests;

/// <summary>What the main job does not need: every other operation of v1.0, through Microsoft's client.</summary>
[Collection(ClientCollection.Name)]
public sealed class OperationsTests(ServiceFixture service)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task App_PatchedWithIconAndCategories_ReadsBackTyped()
    {
        var (graph, _, app, _) = await OrganizationAsync("2400001");
        var category = await graph.DeviceAppManagement.MobileAppCategories.PostAsync(new MobileAppCategory { DisplayName = "Field" }, cancellationToken: Ct);

        await graph.DeviceAppManagement.MobileApps[app].PatchAsync(
            new IosVppApp { Notes = "ours", IsFeatured = true, LargeIcon = new MimeContent { Type = "image/png", Value = [1, 2, 3] } }, cancellationToken: Ct);
        await graph.DeviceAppManagement.MobileAppCategories[category!.Id].PatchAsync(new MobileAppCategory { DisplayName = "Field work" }, cancellationToken: Ct);
        var read = await graph.DeviceAppManagement.MobileApps[app].GetAsync(request => request.QueryParameters.Expand = ["assignments", "categories"], Ct);
        var renamed = await graph.DeviceAppManagement.MobileAppCategories[category.Id].GetAsync(cancellationToken: Ct);
        await graph.DeviceAppManagement.MobileAppCategories[category.Id].DeleteAsync(cancellationToken: Ct);

        Assert.Equal(("ours", true), (Assert.IsType<IosVppApp>(read).Notes, read!.IsFeatured));
        Assert.Equal([1, 2, 3], read.LargeIcon!.Value!);
        Assert.Equal("Field work", renamed!.DisplayName);
        Assert.Equal(9, (await graph.DeviceAppManagement.MobileAppCategories.GetAsync(cancellationToken: Ct))!.Value!.Count);
    }

    [Fact]
    public async Task Assignment_OneByOne_CreatedReadPatchedDeleted()
    {
        var (graph, administrator, app, _) = await OrganizationAsync("2400011");
        var assignments = graph.DeviceAppManagement.MobileApps[app].Assignments;

        var created = await assignments.PostAsync(new MobileAppAssignment
        {
            Intent = InstallIntent.Required,
            Target = new AllLicensedUsersAssignmentTarget(),
            Settings = new IosVppAppAssignmentSettings { UseDeviceLicensing = false },
        }, cancellationToken: Ct);
        await administrator.SettledAsync(Guid.Parse(app));
        var patched = await assignments[created!.Id].PatchAsync(new MobileAppAssignment { Intent = InstallIntent.Available }, cancellationToken: Ct);
        var read = await assignments[patched!.Id].GetAsync(cancellationToken: Ct);
        var count = await assignments.Count.GetAsync(cancellationToken: Ct);
        await assignments[read!.Id].DeleteAsync(cancellationToken: Ct);

        Assert.IsType<AllLicensedUsersAssignmentTarget>(read.Target);
        Assert.Equal((InstallIntent.Available, false), (read.Intent, Assert.IsType<IosVppAppAssignmentSettings>(read.Settings).UseDeviceLicensing));
        Assert.Equal(1, count);
        Assert.Empty((await assignments.GetAsync(cancellationToken: Ct))!.Value!);
    }

    [Fact]
    public async Task Book_ListedAssignedAndItsStates_ReadBackTyped()
    {
        var (graph, administrator, _, _) = await OrganizationAsync("2400021", "2400022");
        var group = (await administrator.GroupAsync()).ToString();
        var book = Assert.IsType<IosVppEBook>(Assert.Single((await graph.DeviceAppManagement.ManagedEBooks.GetAsync(cancellationToken: Ct))!.Value!));
        var one = graph.DeviceAppManagement.ManagedEBooks[book.Id];

        await one.Assign.PostAsync(new AssignPostRequestBody
        {
            ManagedEBookAssignments =
                [new IosVppEBookAssignment { InstallIntent = InstallIntent.Required, Target = new GroupAssignmentTarget { GroupId = group } }],
        }, cancellationToken: Ct);
        var assignment = Assert.Single((await one.Assignments.GetAsync(cancellationToken: Ct))!.Value!);
        var summary = await one.InstallSummary.GetAsync(cancellationToken: Ct);
        await one.PatchAsync(new IosVppEBook { DisplayName = "A book" }, cancellationToken: Ct);

        Assert.Equal((InstallIntent.Required, group), (Assert.IsType<IosVppEBookAssignment>(assignment).InstallIntent, Assert.IsType<GroupAssignmentTarget>(assignment.Target).GroupId));
        Assert.Equal((0, 0), (summary!.FailedDeviceCount, summary.InstalledUserCount));
        Assert.Empty((await one.DeviceStates.GetAsync(cancellationToken: Ct))!.Value!);
        Assert.Empty((await one.UserStateSummary.GetAsync(cancellationToken: Ct))!.Value!);
        Assert.Equal("A book", (await one.GetAsync(cancellationToken: Ct))!.DisplayName);
    }

    [Fact]
    public async Task Book_OfAReader_StatesOfTheUserAndItsDevicesReadBackTyped()
    {
        var (graph, administrator, _, id) = await OrganizationAsync("2400023", "2400024");
        var (group, reader) = (await administrator.GroupAsync(), await administrator.UserAsync("reader"));
        await administrator.DeviceAsync("C02BOOK000001", reader);
        await administrator.JoinAsync(group, reader);
        var book = graph.DeviceAppManagement.ManagedEBooks[id];
        await book.Assign.PostAsync(new AssignPostRequestBody
        {
            ManagedEBookAssignments =
                [new IosVppEBookAssignment { InstallIntent = InstallIntent.Required, Target = new GroupAssignmentTarget { GroupId = group.ToString() } }],
        }, cancellationToken: Ct);

        var users = await Eventually.IsAsync(async () => (await book.UserStateSummary.GetAsync(cancellationToken: Ct))!.Value!, states => states.Count == 1);
        var devices = (await book.UserStateSummary[users[0].Id].DeviceStates.GetAsync(cancellationToken: Ct))!.Value!;
        var expanded = await book.UserStateSummary[users[0].Id].GetAsync(request => request.QueryParameters.Expand = ["deviceStates"], Ct);

        Assert.Equal("reader", users[0].UserName);
        Assert.Equal("C02BOOK000001", Assert.Single(devices).DeviceName);
        Assert.Equal(devices[0].Id, Assert.Single(expanded!.DeviceStates!).Id);
    }

    [Fact]
    public async Task ManagedDevice_ActedOn_ShowsWhatWasAskedFor()
    {
        var (graph, administrator, _, _) = await OrganizationAsync("2400031");
        var user = await administrator.UserAsync("ada");
        var id = (await administrator.DeviceAsync("C02OPS000001", user)).ToString();
        var device = graph.DeviceManagement.ManagedDevices[id];

        await device.SyncDevice.PostAsync(cancellationToken: Ct);
        await device.PatchAsync(new ManagedDevice { ManagedDeviceName = "Lobby" }, cancellationToken: Ct);
        await device.Retire.PostAsync(cancellationToken: Ct);
        await device.Wipe.PostAsync(new WipePostRequestBody { KeepUserData = false }, cancellationToken: Ct);
        var read = await device.GetAsync(cancellationToken: Ct);
        var users = await device.Users.GetAsync(cancellationToken: Ct);
        await device.DeleteAsync(cancellationToken: Ct);

        Assert.Equal(["retire", "syncDevice", "wipe"], read!.DeviceActionResults!.Select(result => result.ActionName!).Order());
        Assert.Equal("Lobby", read.DeviceName);
        Assert.Equal(user.ToString(), Assert.Single(users!.Value!).Id);
    }

    [Fact]
    public async Task Reports_AskedForAsStreamAndAsFile_AreThere()
    {
        var (graph, administrator, app, _) = await OrganizationAsync("2400041");
        await administrator.DeviceAsync("C02OPS000011");
        await graph.DeviceAppManagement.MobileApps[app].Assignments.PostAsync(
            new MobileAppAssignment { Intent = InstallIntent.Required, Target = new AllDevicesAssignmentTarget() }, cancellationToken: Ct);
        await administrator.SettledAsync(Guid.Parse(app));

        await using var stream = await graph.DeviceManagement.Reports.RetrieveDeviceAppInstallationStatusReport.PostAsync(
            new RetrieveDeviceAppInstallationStatusReportPostRequestBody { Filter = $"(ApplicationId eq '{app}')", Top = 10 }, cancellationToken: Ct);
        using var text = new StreamReader(stream!);
        var report = System.Text.Json.Nodes.JsonNode.Parse(await text.ReadToEndAsync(Ct))!;
        var job = await graph.DeviceManagement.Reports.ExportJobs.PostAsync(
            new DeviceManagementExportJob { ReportName = "AllAppsList", Format = DeviceManagementReportFileFormat.Csv }, cancellationToken: Ct);
        var done = await graph.DeviceManagement.Reports.ExportJobs[job!.Id].GetAsync(cancellationToken: Ct);

        Assert.Equal(1, report["TotalRowCount"]!.GetValue<int>());
        Assert.Equal((DeviceManagementReportStatus.NotStarted, DeviceManagementReportStatus.Completed), (job.Status, done!.Status));
        Assert.StartsWith("http://localhost/", done.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AuditAndTroubleshooting_OfANewTenant_AreRead()
    {
        var graph = Sdk.Client(service, Guid.CreateVersion7());

        Assert.NotNull((await graph.DeviceManagement.AuditEvents.GetAsync(cancellationToken: Ct))!.Value);
        Assert.Equal(["Application"], (await graph.DeviceManagement.AuditEvents.GetAuditCategories.GetAsGetAuditCategoriesGetResponseAsync(cancellationToken: Ct))!.Value!);
        Assert.Empty((await graph.DeviceManagement.AuditEvents.GetAuditActivityTypesWithCategory("Application").GetAsGetAuditActivityTypesWithCategoryGetResponseAsync(cancellationToken: Ct))!.Value!);
        Assert.Empty((await graph.DeviceManagement.MobileAppTroubleshootingEvents.GetAsync(cancellationToken: Ct))!.Value!);
        Assert.Empty((await graph.DeviceManagement.TroubleshootingEvents.GetAsync(cancellationToken: Ct))!.Value!);
    }

    [Fact]
    public async Task Directory_PatchedFollowedAndDeleted_AsTheClientAsks()
    {
        var administrator = service.Organization();
        var graph = Sdk.Client(service, administrator.Tenant);
        var (inner, outer) = ((await administrator.GroupAsync("Inner")).ToString(), (await administrator.GroupAsync("Outer")).ToString());
        var user = (await administrator.UserAsync("ada")).ToString();

        await graph.Groups[inner].PatchAsync(new Group
        {
            Description = "inside",
            AdditionalData = new Dictionary<string, object>
            {
                ["members@odata.bind"] = new List<string> { $"https://graph.microsoft.com/v1.0/directoryObjects/{user}" },
            }
        }, cancellationToken: Ct);
        await graph.Groups[outer].Members.Ref.PostAsync(new ReferenceCreate { OdataId = $"https://graph.microsoft.com/v1.0/groups/{inner}" }, cancellationToken: Ct);
        await graph.Users["ADA@example.com"].PatchAsync(new User { DisplayName = "Ada L." }, cancellationToken: Ct);
        var members = await graph.Groups[outer].TransitiveMembers.GraphUser.GetAsync(request =>
        {
            request.QueryParameters.Count = true;
            request.Headers.Add("ConsistencyLevel", "eventual");
        }, Ct);
        var groups = await graph.Users[user].TransitiveMemberOf.GetAsync(cancellationToken: Ct);
        await graph.Users[user].DeleteAsync(cancellationToken: Ct);
        await graph.Groups[outer].DeleteAsync(cancellationToken: Ct);

        Assert.Equal((1, "Ada L."), (members!.OdataCount, Assert.Single(members.Value!).DisplayName));
        Assert.Equal(["Inner", "Outer"], groups!.Value!.OfType<Group>().Select(group => group.DisplayName!).Order());
        Assert.Equal("inside", (await graph.Groups[inner].GetAsync(cancellationToken: Ct))!.Description);
    }

    [Fact]
    public async Task Directory_ReadByEveryAddress_IsTyped()
    {
        var administrator = service.Organization();
        var graph = Sdk.Client(service, administrator.Tenant);
        var (inner, outer) = ((await administrator.GroupAsync("Inner")).ToString(), (await administrator.GroupAsync("Outer")).ToString());
        var me = System.Text.Json.JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(service.Token(administrator.Tenant).Split('.')[1])).RootElement.GetProperty("oid").GetGuid();
        await administrator.PostAsync("/vpp/directory/import", new { users = new[] { new { id = me, userPrincipalName = "me@example.com" } } });
        var managed = (await administrator.DeviceAsync("C02OPS000021", me)).ToString();
        var deviceId = (await graph.DeviceManagement.ManagedDevices[managed].GetAsync(cancellationToken: Ct))!.AzureADDeviceId;
        var entry = Assert.Single((await graph.Devices.GetAsync(request => request.QueryParameters.Filter = $"deviceId eq '{deviceId}'", Ct))!.Value!);
        foreach (var member in new[] { me.ToString(), entry.Id })
            await graph.Groups[inner].Members.Ref.PostAsync(new ReferenceCreate { OdataId = $"https://graph.microsoft.com/v1.0/directoryObjects/{member}" }, cancellationToken: Ct);
        await graph.Groups[outer].Members.Ref.PostAsync(new ReferenceCreate { OdataId = $"https://graph.microsoft.com/v1.0/directoryObjects/{inner}" }, cancellationToken: Ct);

        var user = graph.Users[me.ToString()];
        Assert.Equal("me@example.com", (await graph.Me.GetAsync(cancellationToken: Ct))!.UserPrincipalName);
        Assert.Equal(managed, Assert.Single((await graph.Me.ManagedDevices.GetAsync(cancellationToken: Ct))!.Value!).Id);
        Assert.Equal("Member", (await user.GetAsync(request => request.QueryParameters.Select = ["userType"], Ct))!.UserType);
        Assert.Equal(inner, Assert.IsType<Group>(Assert.Single((await user.MemberOf.GetAsync(cancellationToken: Ct))!.Value!)).Id);
        Assert.Equal(managed, Assert.Single((await user.ManagedDevices.GetAsync(cancellationToken: Ct))!.Value!).Id);
        Assert.Equal(entry.Id, Assert.IsType<Device>(Assert.Single((await user.OwnedDevices.GetAsync(cancellationToken: Ct))!.Value!)).Id);
        Assert.Equal(entry.Id, Assert.IsType<Device>(Assert.Single((await user.RegisteredDevices.GetAsync(cancellationToken: Ct))!.Value!)).Id);
        Assert.Equal(404, (await Assert.ThrowsAsync<ODataError>(() => user.Manager.GetAsync(cancellationToken: Ct))).ResponseStatusCode);
        Assert.Equal(outer, Assert.IsType<Group>(Assert.Single((await graph.Groups[inner].MemberOf.GetAsync(cancellationToken: Ct))!.Value!)).Id);
        Assert.Equal(outer, Assert.IsType<Group>(Assert.Single((await graph.Groups[inner].TransitiveMemberOf.GetAsync(cancellationToken: Ct))!.Value!)).Id);
        Assert.Empty((await graph.Groups[inner].Owners.GetAsync(cancellationToken: Ct))!.Value!);
        Assert.Equal(me.ToString(), Assert.IsType<User>(Assert.Single((await graph.Devices[entry.Id].RegisteredOwners.GetAsync(cancellationToken: Ct))!.Value!)).Id);
        Assert.Equal(me.ToString(), Assert.IsType<User>(Assert.Single((await graph.Devices[entry.Id].RegisteredUsers.GetAsync(cancellationToken: Ct))!.Value!)).Id);
        Assert.Equal(inner, Assert.IsType<Group>(Assert.Single((await graph.Devices[entry.Id].MemberOf.GetAsync(cancellationToken: Ct))!.Value!)).Id);
        Assert.Equal(entry.Id, Assert.IsType<Device>(await graph.DirectoryObjects[entry.Id].GetAsync(cancellationToken: Ct)).Id);
    }

    [Fact]
    public async Task Roles_MadeGivenAndTakenAway_AreTyped()
    {
        var tenant = Guid.CreateVersion7();
        var graph = Sdk.Client(service, tenant, application: true);
        var (roles, assignments) = (graph.DeviceManagement.RoleDefinitions, graph.DeviceManagement.RoleAssignments);

        var role = await roles.PostAsync(new DeviceAndAppManagementRoleDefinition
        {
            DisplayName = "Readers",
            RolePermissions = [new RolePermission { ResourceActions = [new ResourceAction { AllowedResourceActions = ["Microsoft.Intune_MobileApps_Read"] }] }],
        }, cancellationToken: Ct);
        await roles[role!.Id].PatchAsync(new DeviceAndAppManagementRoleDefinition { Description = "They read." }, cancellationToken: Ct);
        var given = await assignments.PostAsync(new DeviceAndAppManagementRoleAssignment
        {
            DisplayName = "Given",
            Members = [Guid.NewGuid().ToString()],
            AdditionalData = new Dictionary<string, object> { ["roleDefinition@odata.bind"] = $"https://graph.microsoft.com/v1.0/deviceManagement/roleDefinitions('{role.Id}')" },
        }, cancellationToken: Ct);
        await assignments[given!.Id].PatchAsync(new DeviceAndAppManagementRoleAssignment { Description = "To one group" }, cancellationToken: Ct);
        var read = Assert.Single((await assignments.GetAsync(request => request.QueryParameters.Expand = ["roleDefinition"], Ct))!.Value!);
        var ofRole = Assert.Single((await roles[role.Id].RoleAssignments.GetAsync(cancellationToken: Ct))!.Value!);
        var whole = await roles[role.Id].GetAsync(cancellationToken: Ct);
        await assignments[given.Id].DeleteAsync(cancellationToken: Ct);
        await roles[role.Id].DeleteAsync(cancellationToken: Ct);

        Assert.Equal(("Readers", "To one group"), (Assert.IsType<DeviceAndAppManagementRoleDefinition>(read.RoleDefinition).DisplayName, read.Description));
        Assert.Equal(given.Id, Assert.IsType<DeviceAndAppManagementRoleAssignment>(ofRole).Id);
        Assert.Equal("They read.", Assert.IsType<DeviceAndAppManagementRoleDefinition>(whole).Description);
        Assert.Equal(["Microsoft.Intune_MobileApps_Read"], whole!.RolePermissions![0].ResourceActions![0].AllowedResourceActions!);
        Assert.Empty((await assignments.GetAsync(cancellationToken: Ct))!.Value!);
        Assert.NotEmpty((await graph.DeviceManagement.ResourceOperations.GetAsync(cancellationToken: Ct))!.Value!);
        Assert.NotNull((await Sdk.Client(service, tenant).DeviceManagement.GetEffectivePermissionsWithScope("x").GetAsGetEffectivePermissionsWithScopeGetResponseAsync(cancellationToken: Ct))!.Value);
        await graph.DeviceManagement.Reports.ExportJobs.PostAsync(new DeviceManagementExportJob { ReportName = "AllAppsList" }, cancellationToken: Ct);
        Assert.Equal(1, await graph.DeviceManagement.Reports.ExportJobs.Count.GetAsync(cancellationToken: Ct));
        Assert.Single((await graph.DeviceManagement.Reports.ExportJobs.GetAsync(cancellationToken: Ct))!.Value!);
        Assert.NotNull((await graph.DeviceManagement.GetAsync(cancellationToken: Ct))!.Id);
        Assert.NotNull((await graph.DeviceAppManagement.GetAsync(cancellationToken: Ct))!.Id);
    }

    [Fact]
    public async Task AppsAndBooks_TheRestOfTheirOperations_AsTheClientAsks()
    {
        var (graph, _, app, book) = await OrganizationAsync("2400061", "2400062");
        var apps = graph.DeviceAppManagement;
        var assignments = apps.ManagedEBooks[book].Assignments;

        var refused = await Assert.ThrowsAsync<ODataError>(() => apps.MobileApps.PostAsync(new IosVppApp { DisplayName = "New" }, cancellationToken: Ct));
        var stays = await Assert.ThrowsAsync<ODataError>(() => apps.ManagedEBooks[book].DeleteAsync(cancellationToken: Ct));
        var made = await assignments.PostAsync(new IosVppEBookAssignment { InstallIntent = InstallIntent.Required, Target = new AllLicensedUsersAssignmentTarget() }, cancellationToken: Ct);
        var patched = await assignments[made!.Id].PatchAsync(new IosVppEBookAssignment { InstallIntent = InstallIntent.Available }, cancellationToken: Ct);
        await assignments[patched!.Id].DeleteAsync(cancellationToken: Ct);

        Assert.Contains("POST is not supported", System.Text.Json.Nodes.JsonNode.Parse(refused.Error!.Message!)!["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((400, 400), (refused.ResponseStatusCode, stays.ResponseStatusCode));
        Assert.Equal((InstallIntent.Required, InstallIntent.Available), (Assert.IsType<IosVppEBookAssignment>(made).InstallIntent, Assert.IsType<IosVppEBookAssignment>(patched).InstallIntent));
        Assert.Empty((await assignments.GetAsync(cancellationToken: Ct))!.Value!);
        Assert.Equal(1, await apps.VppTokens.Count.GetAsync(cancellationToken: Ct));
        Assert.Equal(app, Assert.IsType<IosVppApp>(await apps.MobileApps[app].GraphIosVppApp.GetAsync(cancellationToken: Ct)).Id);
        Assert.NotNull((await apps.MobileApps[app].GraphIosVppApp.Categories.GetAsync(cancellationToken: Ct))!.Value);
        Assert.NotNull((await apps.MobileApps[app].Categories.GetAsync(cancellationToken: Ct))!.Value);
    }

    [Fact]
    public async Task Batch_BuiltByTheClient_IsAnsweredInParts()
    {
        var (graph, _, app, _) = await OrganizationAsync("2400051");
        var batch = new BatchRequestContentCollection(graph);
        var first = await batch.AddBatchRequestStepAsync(graph.DeviceAppManagement.MobileApps[app].ToGetRequestInformation());
        var second = await batch.AddBatchRequestStepAsync(graph.DeviceAppManagement.VppTokens.ToGetRequestInformation());

        var answers = await graph.Batch.PostAsync(batch, Ct);

        Assert.Equal(app, (await answers.GetResponseByIdAsync<IosVppApp>(first)).Id);
        Assert.Single((await answers.GetResponseByIdAsync<VppTokenCollectionResponse>(second)).Value!);
    }

    private async Task<(GraphServiceClient Graph, Administrator Administrator, string App, string? Book)> OrganizationAsync(string app, string? book = null)
    {
        var administrator = service.Organization();
        administrator.Location.AddAsset(app, 5);
        if (book is not null) administrator.Location.AddAsset(book, 5, productType: "Book");
        await administrator.UploadTokenAsync();
        return (Sdk.Client(service, administrator.Tenant), administrator, (await administrator.AppAsync(app)).ToString(),
            book is null ? null : (await administrator.AppAsync(book, AppKind.Book)).ToString());
    }
}
