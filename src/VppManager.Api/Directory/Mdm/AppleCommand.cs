using VppManager.Api.Directory.CheckIns;
using VppManager.Core.Apps;

namespace VppManager.Api.Directory.Mdm;

/// <summary>Apple's device management commands that this service gives, as property lists.</summary>
/// <see href="https://developer.apple.com/documentation/devicemanagement/commands-and-queries"/>
internal static class AppleCommand
{
    private static readonly string[] Asked = ["Identifier", "ShortVersion", "Version", "Installing"];

    /// <summary>What is there by management: all that matters here, and all that a device of User Enrollment may be asked.</summary>
    public static string InstalledApps(Guid id) => Of(id, "InstalledApplicationList", new() { ["ManagedAppsOnly"] = true, ["Items"] = Asked });

    /// <summary>What carries out an action of a check-in.</summary>
    public static string For(Guid id, DeviceAction action) => action.Kind switch
    {
        DeviceActionKind.Remove => Of(id, "RemoveApplication", new() { ["Identifier"] = action.BundleId }),
        DeviceActionKind.Invite => Of(id, "InviteToProgram", new() { ["ProgramID"] = action.ProgramId, ["InvitationURL"] = action.InvitationUrl }),
        _ when action.MediaType is { } media => Of(id, "InstallMedia", new() { ["iTunesStoreID"] = NumberOf(action), ["MediaType"] = media }),
        _ => Of(id, "InstallApplication", Install(action)),
    };

    private static Dictionary<string, object?> Install(DeviceAction action) => new()
    {
        ["iTunesStoreID"] = NumberOf(action),
        ["Options"] = new Dictionary<string, object?> { ["PurchaseMethod"] = action.PurchaseMethod },
        ["ManagementFlags"] = action.ManagementFlags,
        ["ChangeManagementState"] = action.ChangeManagementState,
        ["Attributes"] = new Dictionary<string, object?> { ["Removable"] = action.Attributes?.Removable, ["VPNUUID"] = action.Attributes?.VpnUuid?.ToString() },
    };

    private static object? NumberOf(DeviceAction action) => long.TryParse(action.ITunesStoreId, out var number) ? number : action.ITunesStoreId;

    private static string Of(Guid id, string type, Dictionary<string, object?> arguments) => PropertyList.Write(new Dictionary<string, object?>
    {
        ["Command"] = new Dictionary<string, object?>(arguments) { ["RequestType"] = type },
        ["CommandUUID"] = id.ToString(),
    });
}
