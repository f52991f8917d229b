using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Directory.CheckIns;

/// <summary>One service for all that devices and the Company Portal do.</summary>
[CollectionDefinition(Name)]
public sealed class DevicesCollection : ICollectionFixture<ServiceFixture>
{
    public const string Name = "devices";
}

/// <summary>What devices say and are told.</summary>
internal static class CheckInWords
{
    public static async Task<DeviceTold> CheckInAsync(this Organization organization, Guid device, params object[] apps) =>
        new((await organization.PostAsync($"/mdm/devices/{device}/checkin", new { apps }))["actions"]!.AsArray());

    public static object App(string adamId, string version = "1.0") => new { adamId, version, isManaged = true };

    /// <summary>The device's line of an app in what an administrator sees.</summary>
    public static async Task<JsonNode> AppOnAsync(this Organization organization, Guid device, Guid app) =>
        Assert.Single((await organization.GetAsync($"/vpp/devices/{device}/apps"))["value"]!.AsArray(), one => one!["appId"]!.GetValue<Guid>() == app)!;

    public static async Task<(string State, string? Reason)> StateAsync(this Organization organization, Guid device, Guid app) =>
        await organization.AppOnAsync(device, app) is var line ? (line["state"]!.GetValue<string>(), line["reason"]?.GetValue<string>()) : default;

    /// <summary>State, detail and error of Intune's old address.</summary>
    public static async Task<(string, string, int)> GraphStateAsync(this Organization organization, Guid device, Guid app)
    {
        var rows = (await organization.GetAsync($"/beta/deviceAppManagement/mobileApps/{app}/deviceStatuses"))["value"]!.AsArray();
        var row = Assert.Single(rows, one => one!["deviceId"]!.GetValue<string>() == device.ToString())!;
        return (row["installState"]!.GetValue<string>(), row["installStateDetail"]!.GetValue<string>(), row["errorCode"]!.GetValue<int>());
    }

    public static Task ReplaceAssignmentsAsync(this Organization organization, Guid app, params Dictionary<string, object?>[] assignments) =>
        organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/assign", new { mobileAppAssignments = assignments });

    public static Dictionary<string, object?> Excluding(Guid group, string intent = "required") => new(Organization.Assignment(group, intent))
    {
        ["target"] = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.exclusionGroupAssignmentTarget", ["groupId"] = group },
        ["settings"] = null,
    };

    /// <summary>The answer to a check-in that is refused.</summary>
    public static async Task<(int Status, string Body)> RefusedCheckInAsync(this Organization organization, Guid device, string json)
    {
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var answer = await organization.Client.PostAsync($"/mdm/devices/{device}/checkin", content, TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

/// <summary>The actions of one answer.</summary>
internal sealed record DeviceTold(JsonArray Actions)
{
    public IReadOnlyList<string> Kinds => [.. Actions.Select(one => one!["kind"]!.GetValue<string>()).Order(StringComparer.Ordinal)];

    public JsonNode Only(string kind) => Assert.Single(Actions, one => one!["kind"]!.GetValue<string>() == kind)!;
}
