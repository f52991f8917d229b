using VppManager.Core.Assignments;

namespace VppManager.Core.Portal;

/// <summary>What a person sees before an app is on their device.</summary>
/// <param name="Scenario">The row of Intune's table, 1 to 8; null for what it leaves out: user licences on devices of User Enrollment.</param>
/// <param name="InviteToProgram">An invitation to Apple's program.</param>
/// <param name="InstallPrompt">"Do you want to install …?"</param>
/// <param name="AppleIdPrompt">A question for the Apple Account.</param>
/// <param name="IsRecommended">False for a kiosk with user licensing: there is nobody to answer.</param>
public sealed record InstallPrompts(int? Scenario, bool InviteToProgram, bool InstallPrompt, bool AppleIdPrompt, bool IsRecommended = true);

/// <summary>What decides about the prompts.</summary>
/// <param name="LicenseType">Who holds the licence.</param>
/// <param name="IsPersonal">Whether the device is the person's own.</param>
/// <param name="IsSupervised">Whether the device is supervised.</param>
/// <param name="IsKiosk">Whether the device is locked to kiosk mode.</param>
/// <param name="IsUserEnrolled">Whether it came by User Enrollment: its managed account needs no invitation (D7).</param>
public sealed record PromptFacts(LicenseType LicenseType, bool IsPersonal, bool IsSupervised, bool IsKiosk, bool IsUserEnrolled = false);

/// <summary>The prompts of each scenario (D6).</summary>
public static class PromptRules
{
    /// <summary>The row of the table that fits.</summary>
    /// <param name="facts">The device and the licence.</param>
    /// <returns>The prompts.</returns>
    public static InstallPrompts For(PromptFacts facts) => facts switch
    {
        { IsKiosk: true, LicenseType: LicenseType.User } => new(8, false, false, false, IsRecommended: false),
        { IsKiosk: true } => new(7, false, false, false),
        { LicenseType: LicenseType.User, IsUserEnrolled: true } => new(null, false, true, false),
        { LicenseType: LicenseType.User, IsPersonal: true } => new(1, true, true, true),
        { LicenseType: LicenseType.User, IsSupervised: false } => new(2, true, true, true),
        { LicenseType: LicenseType.User } => new(3, true, false, true),
        { IsPersonal: true } => new(4, false, true, false),
        { IsSupervised: false } => new(5, false, true, false),
        _ => new(6, false, false, false),
    };
}
