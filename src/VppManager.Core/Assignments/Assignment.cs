namespace VppManager.Core.Assignments;

/// <summary>What an assignment wants of its target.</summary>
public enum Intent
{
    /// <summary>Licensed when the user installs it from the Company Portal (A3).</summary>
    Available,

    /// <summary>Licensed and installed without anybody asking (A3).</summary>
    Required,

    /// <summary>Licence reclaimed, app removed (L19).</summary>
    Uninstall,

    /// <summary>Known to Graph, not supported for volume-purchased apps.</summary>
    AvailableWithoutEnrollment,
}

/// <summary>Whom an assignment is for.</summary>
public enum TargetKind
{
    /// <summary>The members of a group.</summary>
    Group,

    /// <summary>Every user of the tenant.</summary>
    AllUsers,

    /// <summary>Every managed device of the tenant.</summary>
    AllDevices,
}

/// <summary>Who holds the licence.</summary>
public enum LicenseType
{
    /// <summary>The device (L1).</summary>
    Device,

    /// <summary>The user's Apple Account (L2).</summary>
    User,
}

/// <summary>What an app is.</summary>
public enum AppKind
{
    /// <summary>An iOS or iPadOS app.</summary>
    Ios,

    /// <summary>A macOS app.</summary>
    MacOs,

    /// <summary>A book.</summary>
    Book,
}

/// <summary>One assignment as an administrator asks for it.</summary>
/// <param name="Target">Whom it is for.</param>
/// <param name="GroupId">The group, when <paramref name="Target"/> is a group.</param>
/// <param name="Excluded">Whether the group is left out instead of addressed.</param>
/// <param name="Intent">What is wanted.</param>
/// <param name="LicenseType">Who holds the licence.</param>
public sealed record WantedAssignment(TargetKind Target, Guid? GroupId, bool Excluded, Intent Intent, LicenseType LicenseType);

/// <summary>What the rules need to know of an app.</summary>
/// <param name="Kind">iOS, macOS or book.</param>
/// <param name="DeviceAssignable">Whether its developer allows device assignment.</param>
public sealed record AssignableApp(AppKind Kind, bool DeviceAssignable);
