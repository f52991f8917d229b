using System.Text.Json;
using System.Text.Json.Serialization;
using VppManager.Api.Assignments;
using VppManager.Api.Data;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Wire;
using VppManager.Core.Assignments;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>An assignment in Graph's form and in ours.</summary>
internal static class AssignmentForms
{
    private const string EveryUser = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";
    private const string EveryDevice = "adadadad-808e-44e2-905a-0b7873a8a531";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static AssignmentRequest Read(MobileAppAssignment wire)
    {
        var target = wire.Target ?? throw GraphFault.BadRequest("The property 'target' is required.");
        var (kind, group, excluded) = TargetOf(target);
        var wanted = new WantedAssignment(kind, group, excluded, (Intent)wire.Intent, LicenseTypeOf(wire.Settings));
        return new AssignmentRequest(
            wanted,
            SettingsOf(wire.Settings),
            target.DeviceAndAppManagementAssignmentFilterId,
            EnumText.Of(target.DeviceAndAppManagementAssignmentFilterType));
    }

    /// <summary>Books are licensed to users only, so nobody says so.</summary>
    public static AssignmentRequest Read(ManagedEBookAssignment wire)
    {
        var target = wire.Target ?? throw GraphFault.BadRequest("The property 'target' is required.");
        var (kind, group, excluded) = TargetOf(target);
        return new AssignmentRequest(
            new WantedAssignment(kind, group, excluded, (Intent)wire.InstallIntent, LicenseType.User),
            null, target.DeviceAndAppManagementAssignmentFilterId, EnumText.Of(target.DeviceAndAppManagementAssignmentFilterType));
    }

    public static AssignmentRequest Apply(AssignmentRequest old, Patch<ManagedEBookAssignment> patch)
    {
        var changed = patch.Has(nameof(ManagedEBookAssignment.Target)) ? Read(patch.Value) : old;
        var intent = patch.Has(nameof(ManagedEBookAssignment.InstallIntent)) ? (Intent)patch.Value.InstallIntent : old.Wanted.Intent;
        return changed with { Wanted = changed.Wanted with { Intent = intent } };
    }

    public static AssignmentRequest Apply(AssignmentRequest old, Patch<MobileAppAssignment> patch)
    {
        var changed = old;
        if (patch.Has(nameof(MobileAppAssignment.Target))) changed = Read(patch.Value) with { Settings = old.Settings };
        var wanted = changed.Wanted with { Intent = old.Wanted.Intent, LicenseType = old.Wanted.LicenseType };
        if (patch.Has(nameof(MobileAppAssignment.Intent))) wanted = wanted with { Intent = (Intent)patch.Value.Intent };
        if (!patch.Has(nameof(MobileAppAssignment.Settings))) return changed with { Wanted = wanted };

        var licenseType = LicenseTypeOf(patch.Value.Settings);
        return changed with { Wanted = wanted with { LicenseType = licenseType }, Settings = SettingsOf(patch.Value.Settings) };
    }

    /// <summary>Graph's id: the target, the intent's number, and whether it excludes.</summary>
    public static string IdOf(WantedAssignment wanted)
    {
        var target = wanted.Target switch
        {
            TargetKind.AllUsers => EveryUser,
            TargetKind.AllDevices => EveryDevice,
            _ => wanted.GroupId.ToString(),
        };
        return $"{target}_{(int)wanted.Intent}_{(wanted.Excluded ? 1 : 0)}";
    }

    private static (TargetKind Kind, Guid? Group, bool Excluded) TargetOf(DeviceAndAppManagementAssignmentTarget target) => target switch
    {
        AllLicensedUsersAssignmentTarget => (TargetKind.AllUsers, null, false),
        AllDevicesAssignmentTarget => (TargetKind.AllDevices, null, false),
        GroupAssignmentTarget group => (TargetKind.Group, GroupOf(group), group is ExclusionGroupAssignmentTarget),
        _ => throw GraphFault.BadRequest("The target is not supported for volume-purchased apps."),
    };

    private static Guid GroupOf(GroupAssignmentTarget target) =>
        Guid.TryParse(target.GroupId, out var id) ? id
            : throw GraphFault.BadRequest("The property 'groupId' of the target must be the id of a group.");

    /// <summary>Devices, unless the settings say otherwise: what Intune takes for new assignments.</summary>
    private static LicenseType LicenseTypeOf(MobileAppAssignmentSettings? settings) => settings switch
    {
        IosVppAppAssignmentSettings { UseDeviceLicensing: false } => LicenseType.User,
        MacOsVppAppAssignmentSettings { UseDeviceLicensing: false } => LicenseType.User,
        IosDdmVppAppAssignmentSettings { UseDeviceLicensing: false } => LicenseType.User,
        MacOsDdmVppAppAssignmentSettings { UseDeviceLicensing: false } => LicenseType.User,
        _ => LicenseType.Device,
    };

    private static string? SettingsOf(MobileAppAssignmentSettings? settings) => settings is null ? null
        : JsonSerializer.Serialize(settings, Json);
}
