using System.Collections.Frozen;

namespace VppManager.Api.Directory;

/// <summary>Graph's words for the standing of a device.</summary>
internal static class DeviceWords
{
    public const string Managed = "managed";
    public const string RetireIssued = "retireIssued";
    public const string WipeIssued = "wipeIssued";

    public static readonly FrozenSet<string> OwnerTypes = Set("unknown", "company", "personal");

    public static readonly FrozenSet<string> EnrollmentTypes = Set(
        "unknown", "userEnrollment", "deviceEnrollmentManager", "appleBulkWithUser", "appleBulkWithoutUser", "windowsAzureADJoin", "windowsBulkUserless",
        "windowsAutoEnrollment", "windowsBulkAzureDomainJoin", "windowsCoManagement", "windowsAzureADJoinUsingDeviceAuth", "appleUserEnrollment",
        "appleUserEnrollmentWithServiceAccount", "appleAccountDrivenUserEnrollment");

    public static readonly FrozenSet<string> ManagementStates = Set(
        Managed, "retirePending", "retireFailed", "wipePending", "wipeFailed", "unhealthy", "deletePending", RetireIssued, WipeIssued, "wipeCanceled",
        "retireCanceled", "discovered");

    private static FrozenSet<string> Set(params string[] words) => words.ToFrozenSet(StringComparer.Ordinal);
}
