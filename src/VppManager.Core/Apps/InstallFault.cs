namespace VppManager.Core.Apps;

/// <summary>Why an app does not get onto a device: one of a closed list, with a stable code and the number that Intune shows for it.</summary>
/// <see href="https://learn.microsoft.com/troubleshoot/mem/intune/app-management/app-install-error-codes"/>
public sealed record InstallFault
{
    private InstallFault(string code, int number, string message) => (Code, Number, Message) = (code, number, message);

    /// <summary>The stable code, lowerCamelCase.</summary>
    public string Code { get; }

    /// <summary>Intune's number for it, as a signed integer.</summary>
    public int Number { get; }

    /// <summary>A sentence for a person.</summary>
    public string Message { get; }

    /// <summary>Whether the device said so: then it is not tried again by itself where the user had asked for the app.</summary>
    public bool IsOfDevice => this == UserRejectedInstall || this == UserRejectedUpdate || this == NoLicenseFoundByDevice || this == DeviceFailed;

    /// <summary>L2: the user's licence is in use on five other devices.</summary>
    public static readonly InstallFault LicenseOnFiveDevices = new("licenseOnFiveDevices", -2016333507,
        "The user's licence is in use on five other devices already. Remove the app from one of them, or license the app to devices.");

    /// <summary>L13: the device's policy blocks the App Store, which a user licence needs.</summary>
    public static readonly InstallFault AppStoreBlocked = new("appStoreBlocked", -2016330860,
        "The App Store is blocked on the device, so an app licensed to its user cannot be installed. Allow it, or license the app to devices.");

    /// <summary>L10: a device of User Enrollment takes no device licence.</summary>
    public static readonly InstallFault UserEnrollmentNeedsUserLicense = new("userEnrollmentNeedsUserLicense", -2016330839,
        "A device of User Enrollment cannot use a device licence. License the app to users.");

    /// <summary>The app needs a user licence, and the device has no user.</summary>
    public static readonly InstallFault DeviceHasNoUser = new("deviceHasNoUser", -2016333507,
        "The app is licensed to users, and the device has none.");

    /// <summary>L21: the licence was revoked and not assigned anew.</summary>
    public static readonly InstallFault LicenseRevoked = new("licenseRevoked", -2016330859,
        "The licence was revoked. Assign the app anew to give it again.");

    /// <summary>L4: no licence is left.</summary>
    public static readonly InstallFault NoLicensesLeft = new("noLicensesLeft", -2016330882,
        "No licences are left. The place in the queue is kept.");

    /// <summary>Apple refused the licence.</summary>
    public static readonly InstallFault LicenseRefused = new("licenseRefused", -2016333507,
        "Apple did not give the licence; the reason is with the licence.");

    /// <summary>The person at the device declined.</summary>
    public static readonly InstallFault UserRejectedInstall = new("userRejectedInstall", -2016330910,
        "The user declined the installation.");

    /// <summary>The person at the device declined the newer version.</summary>
    public static readonly InstallFault UserRejectedUpdate = new("userRejectedUpdate", -2016330909,
        "The user declined the update.");

    /// <summary>The device found no licence at Apple.</summary>
    public static readonly InstallFault NoLicenseFoundByDevice = new("noLicenseFoundByDevice", -2016330859,
        "The device found no licence for the app at Apple. Revoke the licence and assign it again.");

    /// <summary>Any other refusal of the device.</summary>
    public static readonly InstallFault DeviceFailed = new("deviceFailed", -2016330908,
        "The device could not install the app; its own words are with the state.");

    /// <summary>All there are.</summary>
    public static IReadOnlyList<InstallFault> All { get; } =
    [
        LicenseOnFiveDevices, AppStoreBlocked, UserEnrollmentNeedsUserLicense, DeviceHasNoUser, LicenseRevoked, NoLicensesLeft, LicenseRefused,
        UserRejectedInstall, UserRejectedUpdate, NoLicenseFoundByDevice, DeviceFailed,
    ];

    /// <summary>The number by which devices say that they found no licence at Apple.</summary>
    private const int NoLicenseOnDevice = 9610;

    /// <summary>What a device's own error number means.</summary>
    /// <param name="number">The number the device gave; null when it gave none.</param>
    /// <returns>The fault that says the same.</returns>
    public static InstallFault OfDevice(int? number) => All.FirstOrDefault(fault => fault.Number == number)
        ?? (number == NoLicenseOnDevice ? NoLicenseFoundByDevice : DeviceFailed);

    /// <summary>Finds a fault by its code.</summary>
    /// <param name="code">The code.</param>
    /// <returns>Null when there is no such code.</returns>
    public static InstallFault? Find(string? code) => All.FirstOrDefault(fault => fault.Code == code);
}
