using System.Data.Common;
using System.Text.Json;
using VppManager.Core.Apps;
using VppManager.Core.Assignments;
using VppManager.Core.Licenses;

namespace VppManager.Api.Apps.Installs;

/// <summary>One app on one device, with all that decides about it.</summary>
internal sealed record DeviceAppRow(
    Guid DeviceId, Guid AppId, AppKind Kind, string? DisplayName, string? Publisher, string? BundleId, string AdamId, string? LatestVersion, string? IconUrl,
    Guid? TokenId, string? TokenName, EffectiveIntent Intent, bool IsOffered, LicenseType? LicenseType, Guid? AssignmentId, AssignmentOptions Options,
    Guid? UserLicenseId, Guid? AppleUserId, string? ProtectedInviteCode, string? LicenseReason, DateTimeOffset? AskedAt, DateTimeOffset? ChangedAt,
    DeviceActionKind? Action, Guid? ActionId, int? ErrorCode, string? Reason, int? DeviceError, string? DeviceErrorText, long? Ahead, AppFacts Facts)
{
    public static DeviceAppRow Of(DbDataReader row)
    {
        T? Value<T>(string name) => row.GetOrdinal(name) is var at && row.IsDBNull(at) ? default : row.GetFieldValue<T>(at);
        T? Word<T>(string name) where T : struct, Enum => Value<string>(name) is { } word ? Enum.Parse<T>(word, ignoreCase: true) : null;
        LicenseFacts License(string of) => new(Word<LicenseState>($"{of}_state"), Value<bool>($"{of}_revoked"), Value<bool>($"{of}_wanted"));

        var (kind, behavior2026, reason) = (Word<AppKind>("kind")!.Value, Value<bool>("behaves_2026"), Value<string>("reason"));
        var (state, askedAt, changedAt) = (Word<DeviceAppState>("state"), Value<DateTimeOffset?>("asked_at"), Value<DateTimeOffset?>("changed_at"));
        var options = AssignmentOptions.Read(Value<string>("settings"));
        var facts = new AppFacts
        {
            Intent = Word<EffectiveIntent>("intent") ?? EffectiveIntent.None,
            LicenseType = Word<LicenseType>("license_type") ?? Core.Assignments.LicenseType.Device,
            IsAsked = Value<bool>("is_asked"),
            IsApplicable = Value<bool>("is_applicable"),
            CanBeRemoved = kind is AppKind.Ios || (kind is AppKind.MacOs && behavior2026),
            IsRemovedWhenUnassigned = !behavior2026,
            HasUser = Value<bool>("has_user"),
            IsUserEnrolled = Value<bool>("user_enrolled"),
            IsAppStoreBlocked = Value<bool>("is_app_store_blocked"),
            DeviceLicense = License("device_license"),
            UserLicense = License("user_license"),
            IsAssociated = Value<bool>("is_associated"),
            Before = state,
            FaultBefore = InstallFault.Find(reason),
            WasManaged = Value<bool?>("is_managed") ?? true,
            VersionBefore = Value<string>("version"),
            LatestVersion = Value<string>("latest_version"),
            IsUpdatedByItself = Value<bool>("automatically_update_apps") && !options.PreventAutoAppUpdate,
            AreUserLicensesUpdated = behavior2026,
            IsUpdateAsked = Value<bool>("is_update_asked"),
            HasFailedSinceAsked = state is DeviceAppState.Failed && changedAt > askedAt && InstallFault.Find(reason) is { IsOfDevice: true },
        };
        return new DeviceAppRow(
            Value<Guid>("device_id"), Value<Guid>("app_id"), kind, Value<string>("display_name"), Value<string>("publisher"), Value<string>("bundle_id"),
            Value<string>("adam_id")!, facts.LatestVersion, Value<string>("icon_url"), Value<Guid?>("token_id"), Value<string>("token_name"), facts.Intent,
            Value<bool>("is_offered"), Word<LicenseType>("license_type"), Value<Guid?>("assignment_id"), options, Value<Guid?>("user_license_id"),
            Value<Guid?>("apple_user_id"), Value<string>("protected_invite_code"), Value<string>(facts.UsesUserLicense ? "user_license_reason" : "device_license_reason"),
            askedAt, changedAt, Word<DeviceActionKind>("action"), Value<Guid?>("action_id"), Value<int?>("error_code"), reason, Value<int?>("device_error"),
            Value<string>("device_error_text"), Value<long?>("ahead"), facts);
    }
}

/// <summary>The settings of an assignment that a device or a decision needs.</summary>
internal sealed record AssignmentOptions(
    Guid? VpnConfigurationId = null, bool UninstallOnDeviceRemoval = false, bool IsRemovable = true, bool PreventManagedAppBackup = false,
    bool PreventAutoAppUpdate = false)
{
    /// <summary>Apple's flags: 1 removes the app with the management, 4 keeps its data out of backups.</summary>
    public int ManagementFlags => (UninstallOnDeviceRemoval ? 1 : 0) | (PreventManagedAppBackup ? 4 : 0);

    public static AssignmentOptions Read(string? settings)
    {
        if (settings is null) return new AssignmentOptions();

        using var json = JsonDocument.Parse(settings);
        bool Flag(string name, bool unset) => json.RootElement.TryGetProperty(name, out var found) && found.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? found.GetBoolean()
            : unset;
        var vpn = json.RootElement.TryGetProperty("vpnConfigurationId", out var id) && id.ValueKind is JsonValueKind.String && id.TryGetGuid(out var guid)
            ? guid
            : (Guid?)null;
        return new AssignmentOptions(
            vpn == Guid.Empty ? null : vpn, Flag("uninstallOnDeviceRemoval", false), Flag("isRemovable", true), Flag("preventManagedAppBackup", false),
            Flag("preventAutoAppUpdate", false));
    }
}
