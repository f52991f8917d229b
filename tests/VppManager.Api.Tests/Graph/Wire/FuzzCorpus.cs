using System.Text.Json.Nodes;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Wire;

/// <summary>A request that is right, to be spoilt a little.</summary>
internal sealed record RightRequest(string Method, string Path, JsonNode? Body = null);

/// <summary>Requests as clients send them, one or more for every kind of read and every body.</summary>
internal static class FuzzCorpus
{
    private const string Group = "c1d9fcbb-cba5-40b0-bf6b-527006585f4b";

    public static List<RightRequest> Of(GraphTenant tenant)
    {
        var (apps, books, tokens, devices) = ("deviceAppManagement/mobileApps", "deviceAppManagement/managedEBooks", "deviceAppManagement/vppTokens", "deviceManagement/managedDevices");
        RightRequest[] reads =
        [
            Get($"/v1.0/{apps}?$filter=isof('microsoft.graph.iosVppApp')&$orderby=displayName&$top=5&$count=true"),
            Get($"/beta/{apps}?$filter=(isof('microsoft.graph.iosVppApp') or isof('microsoft.graph.macOsVppApp')) and contains(tolower(displayName),'a')&$select=id,displayName"),
            Get($"/beta/{apps}?$search=\"numbers\"&$expand=assignments,categories($select=id;$top=3)"),
            Get($"/beta/{apps}/{tenant.Ios}?$expand=assignments($filter=intent eq 'required'),categories"),
            Get($"/beta/{apps}/{tenant.Ios}/graph.iosVppApp/assignedLicenses?$top=3&$orderby=id desc"),
            Get($"/beta/{apps}/{tenant.Ios}/microsoft.graph.iosVppApp?$select=usedLicenseCount,totalLicenseCount&$expand=assignedLicenses"),
            Get($"/beta/{apps}/{tenant.Ios}/deviceStatuses?$filter=installState eq 'failed'"),
            Get($"/beta/{books}/{tenant.Book}/userStateSummary?$expand=deviceStates"),
            Get($"/beta/{tokens}?$filter=state eq 'valid' and expirationDateTime gt 2026-01-01T00:00:00Z&$orderby=organizationName"),
            Get($"/beta/{tokens}/{tenant.Token}?$select=id,state,tokenActionResults"),
            Get($"/beta/{tokens}/getLicensesForApp(bundleId='com.example.a')"),
            Get($"/v1.0/{devices}?$filter=operatingSystem eq 'iOS' and startswith(deviceName,'i')&$select=id,serialNumber&$top=2"),
            Get($"/beta/{devices}/{tenant.IPad}?$expand=users($select=id)"),
            Get("/v1.0/users?$filter=endswith(userPrincipalName,'example') or displayName in ('Ann','Bob')&$orderby=displayName desc"),
            Get($"/v1.0/users/{tenant.Ann}/memberOf/microsoft.graph.group?$count=true&$filter=startswith(displayName,'a')"),
            Get($"/v1.0/groups?$filter=members/any(m:m/id eq '{tenant.Ann}')&$expand=members($select=id)"),
            Get("/beta/deviceManagement/auditEvents?$filter=activityDateTime ge 2026-01-01T00:00:00Z and resources/any(r:r/displayName eq 'x')&$orderby=activityDateTime desc"),
        ];
        RightRequest[] changes =
        [
            To("PATCH", $"/beta/{apps}/{tenant.Ios}", """{"@odata.type":"#microsoft.graph.iosVppApp","notes":"Noted","isFeatured":true,"roleScopeTagIds":["0"],"largeIcon":{"type":"image/png","value":"AAAA"}}"""),
            To("POST", $"/beta/{apps}/{tenant.Ios}/assign", Assign("mobileAppAssignments", "mobileAppAssignment", "intent", """{"@odata.type":"#microsoft.graph.iosVppAppAssignmentSettings","useDeviceLicensing":true,"uninstallOnDeviceRemoval":null}""")),
            To("POST", $"/v1.0/{apps}/{tenant.Second}/assignments", Assignment("mobileAppAssignment", "intent", "null")),
            To("POST", $"/beta/{books}/{tenant.Book}/assign", Assign("managedEBookAssignments", "managedEBookAssignment", "installIntent", null)),
            To("POST", $"/beta/{apps}/{tenant.Ios}/graph.iosVppApp/revokeDeviceLicense", $$"""{"managedDeviceId":"{{tenant.IPad}}","notifyManagedDevices":false}"""),
            To("POST", $"/beta/{apps}/{tenant.Ios}/graph.iosVppApp/revokeUserLicense", $$"""{"userId":"{{tenant.Ann}}","notifyManagedDevices":true}"""),
            To("POST", $"/beta/{apps}/{tenant.Ios}/categories/$ref", """{"@odata.id":"https://graph.microsoft.com/beta/deviceAppManagement/mobileAppCategories/2b73ae71-12c8-49be-b462-3dae769ccd9d"}"""),
            To("POST", "/v1.0/deviceAppManagement/mobileAppCategories", """{"@odata.type":"#microsoft.graph.mobileAppCategory","displayName":"Own"}"""),
            To("PATCH", $"/beta/{tokens}/{tenant.Token}", """{"displayName":"Renamed","automaticallyUpdateApps":true,"vppTokenAccountType":"business","countryOrRegion":"us","roleScopeTagIds":["0"]}"""),
            To("POST", $"/beta/{tokens}", """{"@odata.type":"#microsoft.graph.vppToken","displayName":"New","token":"eyJleHAiOiIyMDMwLTAxLTAxVDAwOjAwOjAwKzAwMDAiLCJ0b2tlbiI6IngiLCJvcmdOYW1lIjoieCJ9","appleId":"a@b.example","dataSharingConsentGranted":true}"""),
            To("PATCH", $"/beta/{devices}/{tenant.IPad}", """{"managedDeviceOwnerType":"personal","roleScopeTagIds":["0"],"notes":"x"}"""),
            To("POST", $"/beta/{devices}/{tenant.MacBook}/wipe", """{"keepEnrollmentData":false,"keepUserData":false,"macOsUnlockCode":"1234"}"""),
            To("POST", "/v1.0/users", """{"accountEnabled":true,"displayName":"New","mailNickname":"new","userPrincipalName":"new@alpha.example","passwordProfile":{"forceChangePasswordNextSignIn":true,"password":"x"}}"""),
            To("PATCH", $"/v1.0/users/{tenant.Bob}", """{"displayName":"Bobby","mail":null,"accountEnabled":true}"""),
            To("POST", "/v1.0/groups", $$"""{"displayName":"New","mailEnabled":false,"mailNickname":"new","securityEnabled":true,"members@odata.bind":["https://graph.microsoft.com/v1.0/users/{{tenant.Ann}}"]}"""),
            To("POST", "/v1.0/directoryObjects/getByIds", $$"""{"ids":["{{tenant.Ann}}"],"types":["user","group"]}"""),
            To("POST", $"/v1.0/users/{tenant.Ann}/getMemberGroups", """{"securityEnabledOnly":false}"""),
            To("POST", "/v1.0/deviceManagement/reports/retrieveDeviceAppInstallationStatusReport", $$"""{"filter":"(ApplicationId eq '{{tenant.Ios}}')","select":["DeviceName"],"orderBy":["DeviceName"],"skip":0,"top":10,"search":"","groupBy":[]}"""),
            To("POST", "/beta/deviceManagement/reports/getAppsInstallSummaryReport", """{"filter":"","select":["DisplayName"],"orderBy":["DisplayName desc"],"skip":0,"top":10,"search":"a"}"""),
            To("POST", "/beta/deviceManagement/reports/exportJobs", $$"""{"reportName":"DeviceInstallStatusByApp","filter":"(ApplicationId eq '{{tenant.Ios}}')","select":["DeviceName"],"format":"csv","localizationType":"localizedValuesAsAdditionalColumn"}"""),
            To("POST", "/beta/deviceManagement/roleDefinitions", """{"@odata.type":"#microsoft.graph.roleDefinition","displayName":"Own","rolePermissions":[{"resourceActions":[{"allowedResourceActions":["Microsoft.Intune_MobileApps_Read"],"notAllowedResourceActions":[]}]}]}"""),
            To("POST", "/beta/deviceManagement/roleScopeTags", """{"@odata.type":"#microsoft.graph.roleScopeTag","displayName":"North","description":"x"}"""),
            To("POST", "/v1.0/$batch", $$$"""{"requests":[{"id":"1","method":"GET","url":"/users/{{{tenant.Ann}}}?$select=id"},{"id":"2","dependsOn":["1"],"method":"PATCH","url":"/users/{{{tenant.Ann}}}","headers":{"Content-Type":"application/json"},"body":{"displayName":"Anna"}}]}"""),
        ];
        return [.. reads, .. changes];
    }

    private static RightRequest Get(string path) => new("GET", path);

    private static RightRequest To(string method, string path, string body) => new(method, path, JsonNode.Parse(body));

    private static string Assign(string list, string type, string intent, string? settings) => $$"""{"{{list}}":[{{Assignment(type, intent, settings)}}]}""";

    private static string Assignment(string type, string intent, string? settings) => new JsonObject
    {
        ["@odata.type"] = $"#microsoft.graph.{type}",
        [intent] = "required",
        ["target"] = new JsonObject { ["@odata.type"] = "#microsoft.graph.groupAssignmentTarget", ["groupId"] = Group },
        ["settings"] = settings is null ? null : JsonNode.Parse(settings),
    }.ToJsonString();
}
