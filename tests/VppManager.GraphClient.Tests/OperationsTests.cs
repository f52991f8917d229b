using Microsoft.Graph;
using Microsoft.Graph.DeviceAppManagement.ManagedEBooks.Item.Assign;
using Microsoft.Graph.DeviceManagement.ManagedDevices.Item.Wipe;
using Microsoft.Graph.DeviceManagement.Reports.RetrieveDeviceAppInstallationStatusReport;
using Microsoft.Graph.Models;
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
