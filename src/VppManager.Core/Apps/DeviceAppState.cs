namespace VppManager.Core.Apps;

/// <summary>How the installation of an app on a device stands (D3).</summary>
public enum DeviceAppState
{
    /// <summary>Handed out, not yet there.</summary>
    Pending,

    /// <summary>On the device.</summary>
    Installed,

    /// <summary>The device or a rule said no.</summary>
    Failed,

    /// <summary>The app does not run on such a device (L14).</summary>
    NotApplicable,

    /// <summary>It was on the device, and is no more.</summary>
    Removed,
}

/// <summary>What a device is told to do.</summary>
public enum DeviceActionKind
{
    /// <summary>Install the app.</summary>
    Install,

    /// <summary>Install the newer version of the app.</summary>
    Update,

    /// <summary>Remove the app.</summary>
    Remove,

    /// <summary>Invite the device's user to Apple's program.</summary>
    Invite,
}
