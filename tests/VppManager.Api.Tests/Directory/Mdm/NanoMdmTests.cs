using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Access;
using VppManager.Api.Directory.Mdm;
using VppManager.Api.Tests.Directory.AppleAccounts;
using VppManager.Api.Tests.Directory.CheckIns;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;

namespace VppManager.Api.Tests.Directory.Mdm;

public sealed class NanoMdmTests(NanoMdmFixture service) : IClassFixture<NanoMdmFixture>
{
    private const string Device = "8b3b8ba3783e9ade1dae4fbb944ab3afc0ce5b69";

    [Fact]
    [Trait("Rule", "D1"), Trait("Rule", "D2"), Trait("Rule", "D3")]
    public async Task Device_EnrolledThroughNanoMdm_GetsItsAppByConfigurationAlone()
    {
        var organization = service.OrganizationOf(service.NanoTenant);
        organization.Location.AddAsset("7400001", 5, bundleId: "com.example.nano");
        var token = await organization.UploadTokenAsync();
        var app = await organization.AppAsync("7400001");
        await service.ExecuteAsync("update apps set bundle_id = 'com.example.nano' where tenant_id = $1 and id = $2", organization.Tenant, app);
        await organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/assign", new
        {
            mobileAppAssignments = new[] { new Dictionary<string, object?>(Organization.Assignment(Guid.Empty)) { ["target"] = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.allDevicesAssignmentTarget" } } },
        });

        Assert.Equal(401, await SayAsync("mdm.Authenticate", Authenticate, password: "wrong"));
        Assert.Equal(401, await SayAsync("mdm.Authenticate", Authenticate, tenant: service.HookTenant));
        Assert.Equal(400, await SayAsync("mdm.Authenticate", "no property list"));
        Assert.Equal(200, await SayAsync("mdm.Authenticate", Authenticate));
        Assert.Equal(200, await SayAsync("mdm.TokenUpdate", Dict("<key>MessageType</key><string>TokenUpdate</string><key>UDID</key><string>x</string>")));
        await organization.HeldAsync(app, 1);
        var device = await service.ScalarAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = 'NANO1' and operating_system = 'iPadOS'", organization.Tenant);

        var install = await AnswerUntilAsync("InstallApplication", installed: "");
        Assert.Equal("7400001", Text(install, "iTunesStoreID"));
        Assert.Equal("1", Text(install, "PurchaseMethod"));
        Assert.Equal("Managed", Text(install, "ChangeManagementState"));
        Assert.Equal("pending", (await organization.StateAsync(device, app)).State);

        var refused = Dict("<key>ErrorChain</key><array><dict><key>ErrorCode</key><integer>9610</integer><key>USEnglishDescription</key><string>No license</string></dict></array>");
        Assert.Equal(200, await AnswerAsync(install, "Error", refused));
        Assert.Equal(("failed", "noLicenseFoundByDevice"), await organization.StateAsync(device, app));

        var again = await AnswerUntilAsync("InstallApplication", installed: "", after: install);
        Assert.Equal(200, await AnswerAsync(again, "Acknowledged", Dict("<key>State</key><string>Queued</string>")));
        await AnswerUntilAsync("InstalledApplicationList", installed: "", after: again);
        await AnswerAsync(service.To("/nano/v1/enqueue/")[^1].Body, "Acknowledged", Apps("<dict><key>Identifier</key><string>com.example.nano</string><key>ShortVersion</key><string>1.0</string></dict>"));
        Assert.Equal("installed", (await organization.StateAsync(device, app)).State);

        // Played again, nothing changes: the command has ended, the device is known.
        Assert.Equal(200, await AnswerAsync(install, "Error", refused));
        Assert.Equal("installed", (await organization.StateAsync(device, app)).State);
        Assert.Equal(200, await SayAsync("mdm.Authenticate", Authenticate));
        Assert.Equal([device], await service.ColumnAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = 'NANO1'", organization.Tenant));
        Assert.Equal(1, (await organization.SettledAsync(app)).Held);

        await RemovedAsync(organization, app, device);
        var last = await BookReadAsync(organization, token, device);
        await LostQuestionAskedAgainAsync(organization, last);
        Assert.All(service.To("/nano/"), one => Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"nanomdm:{NanoMdmFixture.ApiKey}"))}", one.Headers["Authorization"]));
        Assert.Contains(service.To("/nano/v1/push/"), one => one.Path.EndsWith(Device, StringComparison.Ordinal));
        Assert.Equal(200, await SayAsync("mdm.CheckOut", Dict("<key>MessageType</key><string>CheckOut</string>")));
        Assert.Equal("retireIssued", await service.ScalarAsync<string>("select management_state from devices where tenant_id = $1 and id = $2", organization.Tenant, device));
    }

    private async Task RemovedAsync(Organization organization, Guid app, Guid device)
    {
        await organization.AssignAsync(app, await GroupOfAsync(organization, device), "uninstall");
        var there = "<dict><key>Identifier</key><string>com.example.nano</string><key>ShortVersion</key><string>1.0</string></dict>";
        var remove = await AnswerUntilAsync("RemoveApplication", there, after: service.To("/nano/v1/enqueue/")[^1].Body);
        Assert.Equal("com.example.nano", Text(remove, "Identifier"));
        await AnswerAsync(remove, "Acknowledged", Dict(""));
        await AnswerUntilAsync("InstalledApplicationList", installed: "", after: remove);
        await AnswerAsync(service.To("/nano/v1/enqueue/")[^1].Body, "Acknowledged", Apps(""));
        Assert.Equal("removed", (await organization.StateAsync(device, app)).State);
    }

    /// <summary>No list has books: the device is believed that it took the command.</summary>
    private async Task<string> BookReadAsync(Organization organization, Guid token, Guid device)
    {
        var last = service.To("/nano/v1/enqueue/")[^1].Body;
        organization.Location.AddAsset("7400002", 5, productType: "Book");
        await organization.SyncAsync(token);
        var (book, reader) = (await organization.AppAsync("7400002", Core.Assignments.AppKind.Book), await organization.UserAsync("reader"));
        await organization.PatchAsync($"/vpp/devices/{device}", new { userId = reader });
        await organization.PostAsync($"/beta/deviceAppManagement/managedEBooks/{book}/assign", new
        {
            managedEBookAssignments = new[] { new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.managedEBookAssignment", ["installIntent"] = "required", ["target"] = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.groupAssignmentTarget", ["groupId"] = await GroupOfAsync(organization, reader) } } },
        });
        await Eventually.IsAsync(async () => (await organization.LicensingAsync(book)).Held, held => held == 1);
        var invite = await AnswerUntilAsync("InviteToProgram", installed: "", after: last);
        Assert.Equal("com.apple.cloudvpp", Text(invite, "ProgramID"));
        Assert.Contains("inviteCode=", Text(invite, "InvitationURL"), StringComparison.Ordinal);
        organization.Location.AcceptInvitation((await organization.AccountsAsync(reader)).Single().ClientUserId, "reader@icloud.example");
        await organization.SyncAsync(token);
        await AnswerAsync(invite, "Acknowledged", Dict(""));
        var media = await AnswerUntilAsync("InstallMedia", installed: "", after: invite);
        Assert.Equal(("7400002", "Book"), (Text(media, "iTunesStoreID"), Text(media, "MediaType")));
        Assert.Equal(200, await AnswerAsync(media, "Acknowledged", Dict("")));
        Assert.Equal("installed", (await organization.StateAsync(device, book)).State);
        return media;
    }

    private async Task LostQuestionAskedAgainAsync(Organization organization, string last)
    {
        var lost = await AnswerUntilAsync("InstalledApplicationList", installed: "", after: last);
        await service.ExecuteAsync("update mdm_commands set created_at = created_at - interval '8 days' where tenant_id = $1 and state in ('waiting', 'sent')", organization.Tenant);
        Assert.Equal(200, await SayAsync("mdm.TokenUpdate", Dict("<key>MessageType</key><string>TokenUpdate</string><key>UDID</key><string>x</string>")));
        Assert.NotEqual(lost, await AnswerUntilAsync("InstalledApplicationList", installed: "", after: lost));
    }

    [Fact]
    [Trait("Rule", "G5")]
    public async Task Tenant_Suspended_IsNeitherHeardNorToldOf()
    {
        var (tenant, other) = (service.NanoTenant, "another-device");
        Task<int> SayAsync(string topic, string payload) => service.SayAsync(topic, "checkin_event", new() { ["udid"] = other }, payload);
        Task<int> TellNowAsync(Guid device) => service.ExecuteAsync("""
            insert into work (lane, tenant_id, key, run_at) values ('device', $1, $2, now()) on conflict (lane, key) do update set run_at = now(), attempts = 0
            """, tenant, device);
        Task AttemptedAsync(Guid device) => Eventually.IsAsync(
            () => service.ScalarAsync<int>("select coalesce((select attempts from work where lane = 'device' and key = $1), 0)", device), attempts => attempts >= 1);
        Assert.Equal(200, await SayAsync("mdm.Authenticate", Authenticate.Replace("NANO1", "NANO2", StringComparison.Ordinal)));
        var device = await service.ScalarAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = 'NANO2'", tenant);

        await SuspendAsync(tenant, suspend: true);
        Assert.Equal(403, await SayAsync("mdm.Authenticate", Authenticate.Replace("NANO1", "NANO3", StringComparison.Ordinal)));
        Assert.Equal(401, await service.SayAsync("mdm.Authenticate", "checkin_event", new() { ["udid"] = other }, Authenticate, password: "wrong"));
        Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from devices where tenant_id = $1 and serial_number = 'NANO3'", tenant));
        await TellNowAsync(device);
        await AttemptedAsync(device);
        var told = service.To("/nano/").Count;
        await TellNowAsync(device);
        await AttemptedAsync(device);
        Assert.Equal(told, service.To("/nano/").Count);

        await SuspendAsync(tenant, suspend: false);
        await TellNowAsync(device);
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from work where lane = 'device' and key = $1", device), left => left == 0);
        Assert.Equal(200, await SayAsync("mdm.CheckOut", Dict("<key>MessageType</key><string>CheckOut</string>")));
    }

    private async Task SuspendAsync(Guid tenant, bool suspend)
    {
        Assert.True(await new TenantOperations(service.Owner, TimeProvider.System).SuspendAsync(tenant, suspend, TestContext.Current.CancellationToken));
        service.Hosts[0].Services.GetRequiredService<TenantStandings>().Forget(tenant);
    }

    [Fact]
    [Trait("Rule", "D1")]
    public async Task Webhook_OfAnotherMdm_IsToldSignedAndAgainUntilItAnswers()
    {
        var organization = service.OrganizationOf(service.HookTenant);
        organization.Location.AddAsset("7400011", 5);
        await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("7400011"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, ["HOOK1", "HOOK2"]);
        await organization.AssignAsync(app, group);
        await organization.HeldAsync(app, 2);

        var told = await Eventually.IsAsync(
            () => Task.FromResult(service.To("/hook").Skip(1).SelectMany(one => JsonNode.Parse(one.Body)!["deviceIds"]!.AsArray().Select(id => id!.GetValue<Guid>())).ToHashSet()),
            devices => devices.Count == 2);

        Assert.Equal(told.Order(), (await service.ColumnAsync<Guid>("select id from devices where tenant_id = $1", organization.Tenant)).Order());
        Assert.All(service.To("/hook"), one => Assert.Equal(
            $"sha256={DeviceWebhookClient.Signature(NanoMdmFixture.HookSecret, one.Headers[DeviceWebhookClient.TimeHeader], Encoding.UTF8.GetBytes(one.Body))}",
            one.Headers[DeviceWebhookClient.SignatureHeader]));
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from work where lane = 'device' and tenant_id = $1", organization.Tenant), left => left == 0);
    }

    /// <summary>Says what is installed whenever it is asked, until another command comes.</summary>
    private async Task<string> AnswerUntilAsync(string type, string installed, string? after = null)
    {
        var answered = new HashSet<string>();
        var seen = service.To("/nano/v1/enqueue/").ToList().FindIndex(one => one.Body == after) + 1;
        return (await Eventually.IsAsync(async () =>
        {
            foreach (var one in service.To("/nano/v1/enqueue/").Skip(seen))
            {
                if (Text(one.Body, "RequestType") == type) return one.Body;
                if (answered.Add(one.Body)) await AnswerAsync(one.Body, "Acknowledged", Apps(installed));
            }

            return null;
        }, found => found is not null))!;
    }

    private static async Task<Guid> GroupOfAsync(Organization organization, Guid member)
    {
        var group = await organization.GroupAsync();
        await organization.JoinAsync(group, member);
        return group;
    }

    private Task<int> AnswerAsync(string command, string status, string payload) => service.SayAsync("mdm.Connect", "acknowledge_event",
        new() { ["udid"] = Device, ["status"] = status, ["command_uuid"] = Text(command, "CommandUUID") }, payload);

    private Task<int> SayAsync(string topic, string payload, Guid? tenant = null, string password = NanoMdmFixture.WebhookSecret) =>
        service.SayAsync(topic, "checkin_event", new() { ["udid"] = Device }, payload, tenant, password);

    private static string? Text(string plist, string key) =>
        (XDocument.Parse(plist).Descendants("key").FirstOrDefault(one => one.Value == key)?.ElementsAfterSelf().First())?.Value;

    private static string Apps(string rows) => Dict($"<key>InstalledApplicationList</key><array>{rows}</array><key>Status</key><string>Acknowledged</string>");

    private static readonly string Authenticate = Dict("""
        <key>MessageType</key><string>Authenticate</string><key>SerialNumber</key><string>NANO1</string><key>UDID</key><string>8b3b8ba3783e9ade1dae4fbb944ab3afc0ce5b69</string>
        <key>ProductName</key><string>iPad13,1</string><key>OSVersion</key><string>18.1</string><key>DeviceName</key><string>Front &amp; desk</string>
        """);

    private static string Dict(string inside) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0"><dict>{inside}</dict></plist>
        """;
}
