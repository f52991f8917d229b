namespace VppManager.Core.Assignments;

/// <summary>What all assignments of an app together want of it on one device.</summary>
public enum EffectiveIntent
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To be there when the user asks for it.</summary>
    Available,

    /// <summary>To be there.</summary>
    Required,

    /// <summary>Not to be there.</summary>
    Uninstall,
}

/// <summary>How an app is addressed to one device, after exclusions.</summary>
/// <param name="UserRequired">Required for the device's user.</param>
/// <param name="UserAvailable">Available to the device's user.</param>
/// <param name="UserUninstall">To be uninstalled for the device's user.</param>
/// <param name="DeviceRequired">Required for the device itself.</param>
/// <param name="DeviceUninstall">To be uninstalled from the device itself.</param>
public sealed record Addressing(
    bool UserRequired = false, bool UserAvailable = false, bool UserUninstall = false, bool DeviceRequired = false, bool DeviceUninstall = false);

/// <summary>What came of the conflict.</summary>
/// <param name="Intent">The intent that won.</param>
/// <param name="IsOffered">Whether the Company Portal shows the app on the device.</param>
public sealed record IntentOnDevice(EffectiveIntent Intent, bool IsOffered);

/// <summary>Conflicting intents for one device (A6).</summary>
public static class IntentRules
{
    /// <summary>Which intent wins: Required before the user's Uninstall, before the user's Available, before the device's Uninstall unless the user asked.</summary>
    /// <param name="addressing">How the app is addressed.</param>
    /// <param name="isAsked">Whether the user asked for the app in the Company Portal.</param>
    /// <returns>The intent that holds, and whether the portal offers the app.</returns>
    public static IntentOnDevice Resolve(Addressing addressing, bool isAsked) => addressing switch
    {
        { UserRequired: true } or { DeviceRequired: true } => new(EffectiveIntent.Required, addressing.UserAvailable),
        { UserUninstall: true } => new(EffectiveIntent.Uninstall, false),
        { UserAvailable: true } => new(addressing.DeviceUninstall && !isAsked ? EffectiveIntent.Uninstall : EffectiveIntent.Available, true),
        { DeviceUninstall: true } => new(EffectiveIntent.Uninstall, false),
        _ => new(EffectiveIntent.None, false),
    };
}
