using VppManager.Core.Apps;
using VppManager.Core.Assignments;
using VppManager.Core.Licenses;

namespace VppManager.Core.Tests.Apps;

public sealed class AppOnDeviceTests
{
    private static readonly AppReport Absent = new(IsInstalled: false);
    private static readonly LicenseFacts Held = new(LicenseState.Held);
    private static readonly AppFacts RequiredByDevice = new() { Intent = EffectiveIntent.Required, DeviceLicense = Held, Report = Absent };
    private static readonly AppFacts RequiredByUser = new() { Intent = EffectiveIntent.Required, LicenseType = LicenseType.User, UserLicense = Held, IsAssociated = true, Report = Absent };
    private static readonly AppFacts Asked = RequiredByDevice with { Intent = EffectiveIntent.Available, IsAsked = true };
    private static readonly AppFacts There = RequiredByDevice with { Before = DeviceAppState.Installed, Report = new AppReport(true, true, "1.0"), LatestVersion = "1.1" };

    private static (DeviceAppState?, DeviceActionKind?, InstallFault?) Of(AppFacts facts) => AppOnDevice.Decide(facts) is var made ? (made.State, made.Action, made.Fault) : default;

    [Fact]
    [Trait("Rule", "D2")]
    public void Decide_LicenseHeld_Install() => Assert.Equal((DeviceAppState.Pending, DeviceActionKind.Install, null), Of(RequiredByDevice));

    [Fact]
    [Trait("Rule", "L14"), Trait("Rule", "L19")]
    public void Decide_UnwantedAndOfAnotherPlatform_WhatTheDeviceHasIsNotIt() =>
        Assert.Equal((null, null, null), Of(There with { Intent = EffectiveIntent.Uninstall, IsApplicable = false }));

    [Fact]
    [Trait("Rule", "D1")]
    public void Decide_TheUsersOwnCopy_TakenOverWhereThatIsAllowedAndALicenseHeld()
    {
        var own = There with { Report = new AppReport(true, false, "1.1") };
        Assert.Equal((DeviceAppState.Installed, DeviceActionKind.Install, null), Of(own));
        Assert.Equal((DeviceAppState.Installed, null, null), Of(own with { IsUserEnrolled = true }));
        Assert.Equal((DeviceAppState.Installed, null, null), Of(own with { DeviceLicense = new LicenseFacts(LicenseState.Waiting) }));
        Assert.Equal((DeviceAppState.Installed, null, null), Of(own with { Intent = EffectiveIntent.Available }));
        Assert.Equal((DeviceAppState.Installed, DeviceActionKind.Install, null), Of(own with { Intent = EffectiveIntent.Available, IsAsked = true }));
        Assert.Equal((DeviceAppState.Installed, null, null), Of(own with { Report = new AppReport(true, true, "1.1") }));
    }

    [Theory]
    [Trait("Rule", "D2")]
    [InlineData(null)]
    [InlineData(LicenseState.Waiting)]
    [InlineData(LicenseState.Assigning)]
    [InlineData(LicenseState.Releasing)]
    [InlineData(LicenseState.Failed)]
    public void Decide_AppleHasNotConfirmed_NothingIsHandedOut(LicenseState? state) =>
        Assert.Equal((null, null, null), Of(RequiredByDevice with { DeviceLicense = new LicenseFacts(state) }));

    [Fact]
    [Trait("Rule", "L13")]
    public void Decide_InvitationNotAccepted_InviteAndWait() =>
        Assert.Equal((null, DeviceActionKind.Invite, null), Of(RequiredByUser with { IsAssociated = false }));

    [Fact]
    [Trait("Rule", "L13")]
    public void Decide_AppStoreBlocked_UserLicenseFailsAndDeviceLicenseDoesNot()
    {
        Assert.Equal((DeviceAppState.Failed, null, InstallFault.AppStoreBlocked), Of(RequiredByUser with { IsAppStoreBlocked = true, IsAssociated = false }));
        Assert.Equal((DeviceAppState.Pending, DeviceActionKind.Install, null), Of(RequiredByDevice with { IsAppStoreBlocked = true }));
    }

    [Fact]
    [Trait("Rule", "L2")]
    public void Decide_UserLicense_NeedsAPlace()
    {
        Assert.True(AppOnDevice.Decide(RequiredByUser).NeedsPlace);
        Assert.True(AppOnDevice.Decide(RequiredByUser with { Report = new AppReport(true) }).NeedsPlace);
        Assert.False(AppOnDevice.Decide(RequiredByDevice).NeedsPlace);
        Assert.False(AppOnDevice.Decide(RequiredByUser with { IsAssociated = false }).NeedsPlace);
    }

    [Fact]
    [Trait("Rule", "L9")]
    public void Decide_UserAssignmentButDeviceHoldsALicense_UsesTheDevices() =>
        Assert.False(AppOnDevice.Decide(RequiredByUser with { DeviceLicense = Held, IsAssociated = false }).NeedsPlace);

    [Fact]
    [Trait("Rule", "L10")]
    public void Decide_DeviceLicenseOnUserEnrollment_Fails() =>
        Assert.Equal((DeviceAppState.Failed, null, InstallFault.UserEnrollmentNeedsUserLicense), Of(RequiredByDevice with { IsUserEnrolled = true, DeviceLicense = new LicenseFacts() }));

    [Fact]
    [Trait("Rule", "L14")]
    public void Decide_OtherPlatform_NotApplicable() => Assert.Equal((DeviceAppState.NotApplicable, null, null), Of(RequiredByDevice with { IsApplicable = false }));

    [Fact]
    [Trait("Rule", "L21")]
    public void Decide_Revoked_FailsAndWhatIsThereStays()
    {
        var revoked = new LicenseFacts(LicenseState.Released, IsRevoked: true);
        Assert.Equal((DeviceAppState.Failed, null, InstallFault.LicenseRevoked), Of(RequiredByDevice with { DeviceLicense = revoked }));
        Assert.Equal((DeviceAppState.Installed, null, null), Of(There with { DeviceLicense = revoked, IsUpdatedByItself = true }));
    }

    [Fact]
    [Trait("Rule", "L17")]
    public void Decide_UserDeletedIt_RequiredIsInstalledAgainAndAvailableIsNot()
    {
        var deleted = RequiredByDevice with { Before = DeviceAppState.Installed };
        Assert.Equal((DeviceAppState.Pending, DeviceActionKind.Install, null), Of(deleted));
        Assert.Equal(new AppDecision(DeviceAppState.Removed, IsGone: true), AppOnDevice.Decide(deleted with { Intent = EffectiveIntent.Available, IsAsked = true }));
        Assert.Equal((DeviceAppState.Removed, null, null), Of(Asked with { IsAsked = false, Before = DeviceAppState.Removed }));
        Assert.Equal((DeviceAppState.Pending, DeviceActionKind.Install, null), Of(Asked with { Before = DeviceAppState.Removed }));
    }

    [Fact]
    [Trait("Rule", "D3")]
    public void Decide_DeviceFailed_TriedAgainUnlessTheUserHadAsked()
    {
        var failed = new AppReport(false, Fault: InstallFault.UserRejectedInstall);
        Assert.Equal((DeviceAppState.Failed, DeviceActionKind.Install, InstallFault.UserRejectedInstall), Of(RequiredByDevice with { Report = failed }));
        Assert.Equal((DeviceAppState.Failed, null, InstallFault.UserRejectedInstall), Of(Asked with { Report = failed }));
        Assert.Equal((DeviceAppState.Failed, null, InstallFault.UserRejectedInstall),
            Of(Asked with { Before = DeviceAppState.Failed, FaultBefore = InstallFault.UserRejectedInstall, HasFailedSinceAsked = true }));
        Assert.Equal((DeviceAppState.Pending, DeviceActionKind.Install, null), Of(Asked with { Before = DeviceAppState.Failed }));
    }

    [Fact]
    [Trait("Rule", "D4")]
    public void Decide_NewerVersion_PushedToDeviceLicensesWhereTheTokenSaysSo()
    {
        Assert.Equal((DeviceAppState.Installed, null, null), Of(There));
        Assert.Equal((DeviceAppState.Installed, DeviceActionKind.Update, null), Of(There with { IsUpdatedByItself = true }));
        Assert.Equal((DeviceAppState.Installed, DeviceActionKind.Update, null), Of(There with { IsUpdateAsked = true }));
        Assert.Equal((DeviceAppState.Installed, null, null), Of(There with { IsUpdatedByItself = true, LatestVersion = "1.0" }));
        var user = There with { LicenseType = LicenseType.User, DeviceLicense = new LicenseFacts(), UserLicense = Held, IsUpdatedByItself = true };
        Assert.Equal((DeviceAppState.Installed, null, null), Of(user));
        Assert.Equal((DeviceAppState.Installed, null, null), Of(user with { IsUpdatedByItself = false, IsUpdateAsked = true }));
        Assert.Equal((DeviceAppState.Installed, DeviceActionKind.Update, null), Of(user with { AreUserLicensesUpdated = true }));
    }

    [Fact]
    [Trait("Rule", "L19")]
    public void Decide_Uninstall_RemovedWhereAppleGivesAWay()
    {
        var unwanted = There with { Intent = EffectiveIntent.Uninstall };
        Assert.Equal((DeviceAppState.Installed, DeviceActionKind.Remove, null), Of(unwanted));
        Assert.Equal((DeviceAppState.Installed, null, null), Of(unwanted with { CanBeRemoved = false }));
        Assert.Equal((DeviceAppState.Installed, null, null), Of(unwanted with { Report = new AppReport(true, IsManaged: false) }));
        Assert.Equal((DeviceAppState.Removed, null, null), Of(unwanted with { Report = Absent }));
    }

    [Fact]
    [Trait("Rule", "L20")]
    public void Decide_NoAssignmentLeft_RemovedAndForgotten()
    {
        var unassigned = There with { Intent = EffectiveIntent.None };
        Assert.Equal((DeviceAppState.Installed, DeviceActionKind.Remove, null), Of(unassigned));
        Assert.Equal((DeviceAppState.Installed, null, null), Of(unassigned with { IsRemovedWhenUnassigned = false }));
        Assert.Equal((null, null, null), Of(unassigned with { Report = Absent }));
    }

    [Fact]
    public void Decide_AvailableAndNotAskedFor_Nothing() => Assert.Equal((null, null, null), Of(Asked with { IsAsked = false }));

    [Theory]
    [Trait("Rule", "D4")]
    [InlineData("1.0", "1.0", false)]
    [InlineData("9.9", "10.0", true)]
    [InlineData("10.0", "9.9", false)]
    [InlineData("1.2", "1.2.0", false)]
    [InlineData("1.2", "1.2.1", true)]
    [InlineData("beta", "1.2.1", true)]
    [InlineData(null, "1.0", false)]
    [InlineData("1.0", null, false)]
    public void IsOlder_Versions_ByTheirNumbers(string? installed, string? latest, bool isOlder) => Assert.Equal(isOlder, AppVersions.IsOlder(installed, latest));

    [Fact]
    public void InstallFaults_All_HaveCodesOfTheirOwnAndSentences()
    {
        Assert.Equal(InstallFault.All.Count, InstallFault.All.Select(fault => fault.Code).Distinct().Count());
        Assert.All(InstallFault.All, fault => Assert.True(fault.Message[^1] is '.' && fault.Number < -2016330000, fault.Code));
        Assert.Equal((InstallFault.NoLicenseFoundByDevice, InstallFault.DeviceFailed, InstallFault.AppStoreBlocked),
            (InstallFault.OfDevice(9610), InstallFault.OfDevice(null), InstallFault.OfDevice(-2016330860)));
    }
}
