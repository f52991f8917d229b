using VppManager.Core.Assignments;
using VppManager.Core.Portal;

namespace VppManager.Core.Tests.Portal;

public sealed class PromptRulesTests
{
    [Theory]
    [Trait("Rule", "D6")]
    [InlineData(1, LicenseType.User, true, false, false, true, true, true)]
    [InlineData(2, LicenseType.User, false, false, false, true, true, true)]
    [InlineData(3, LicenseType.User, false, true, false, true, false, true)]
    [InlineData(4, LicenseType.Device, true, false, false, false, true, false)]
    [InlineData(5, LicenseType.Device, false, false, false, false, true, false)]
    [InlineData(6, LicenseType.Device, false, true, false, false, false, false)]
    [InlineData(7, LicenseType.Device, false, true, true, false, false, false)]
    public void For_EachScenario_ThePromptsOfItsRow(
        int scenario, LicenseType type, bool isPersonal, bool isSupervised, bool isKiosk, bool invite, bool install, bool appleId) =>
        Assert.Equal(new InstallPrompts(scenario, invite, install, appleId), PromptRules.For(new PromptFacts(type, isPersonal, isSupervised, isKiosk)));

    [Fact]
    [Trait("Rule", "D6")]
    public void For_KioskWithUserLicensing_IsNotRecommended() =>
        Assert.Equal(new InstallPrompts(8, false, false, false, IsRecommended: false), PromptRules.For(new PromptFacts(LicenseType.User, false, true, true)));

    [Fact]
    [Trait("Rule", "D7")]
    public void For_UserEnrollment_NoInvitationToAnswer() =>
        Assert.Equal(new InstallPrompts(null, false, true, false), PromptRules.For(new PromptFacts(LicenseType.User, true, false, false, IsUserEnrolled: true)));
}
