using VppManager.Core.Assignments;

namespace VppManager.Core.Tests.Assignments;

/// <summary>What may be assigned to whom: each refusal, and beside it the neighbour that is allowed.</summary>
public sealed class AssignmentRulesTests
{
    private static readonly Guid People = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Devices = Guid.Parse("00000000-0000-0000-0000-00000000000b");
    private static readonly HashSet<Guid> WithDevices = [Devices];
    private static readonly AssignableApp App = new(AppKind.Ios, DeviceAssignable: true);
    private static readonly AssignableApp UserOnly = new(AppKind.Ios, DeviceAssignable: false);
    private static readonly AssignableApp Book = new(AppKind.Book, DeviceAssignable: false);

    private static WantedAssignment To(Guid group, Intent intent = Intent.Required, LicenseType type = LicenseType.Device, bool excluded = false) =>
        new(TargetKind.Group, group, excluded, intent, type);

    private static WantedAssignment ToAll(TargetKind target, Intent intent, LicenseType type = LicenseType.Device) => new(target, null, false, intent, type);

    private static VppError? Check(AssignableApp app, params WantedAssignment[] wanted) => AssignmentRules.Check(app, wanted, WithDevices);

    [Fact]
    public void Check_NothingWanted_Allowed() => Assert.Null(Check(App));

    [Theory]
    [Trait("Rule", "A2")]
    [InlineData(LicenseType.Device)]
    [InlineData(LicenseType.User)]
    public void Check_AvailableForAGroupThatHoldsDevices_Refused(LicenseType type) =>
        Assert.Equal(VppError.AvailableNotForDevices, Check(App, To(Devices, Intent.Available, type)));

    [Theory]
    [Trait("Rule", "A2")]
    [InlineData(Intent.Required)]
    [InlineData(Intent.Uninstall)]
    public void Check_OtherIntentsForAGroupThatHoldsDevices_Allowed(Intent intent) => Assert.Null(Check(App, To(Devices, intent)));

    [Fact]
    [Trait("Rule", "A2"), Trait("Rule", "A1")]
    public void Check_AvailableForUsers_Allowed() =>
        Assert.Null(Check(App, To(People, Intent.Available), ToAll(TargetKind.AllUsers, Intent.Available)));

    [Fact]
    [Trait("Rule", "A2")]
    public void Check_AvailableForAllDevices_Refused() =>
        Assert.Equal(VppError.AvailableNotForDevices, Check(App, ToAll(TargetKind.AllDevices, Intent.Available)));

    [Fact]
    [Trait("Rule", "A1")]
    public void Check_RequiredForAllDevicesAndAllUsers_Allowed() =>
        Assert.Null(Check(App, ToAll(TargetKind.AllDevices, Intent.Required), ToAll(TargetKind.AllUsers, Intent.Required)));

    [Fact]
    [Trait("Rule", "A5")]
    public void Check_TwoIntentsForOneGroup_Refused() =>
        Assert.Equal(VppError.TwoIntentsForOneGroup(People.ToString()), Check(App, To(People), To(People, Intent.Uninstall)));

    [Fact]
    [Trait("Rule", "A5")]
    public void Check_TwoIntentsForAllUsers_Refused() =>
        Assert.Equal(
            VppError.TwoIntentsForOneGroup("AllUsers"),
            Check(App, ToAll(TargetKind.AllUsers, Intent.Required), ToAll(TargetKind.AllUsers, Intent.Available)));

    [Fact]
    [Trait("Rule", "A5")]
    public void Check_TwoGroupsWithAnIntentEach_Allowed() => Assert.Null(Check(App, To(People), To(Devices, Intent.Uninstall)));

    [Fact]
    [Trait("Rule", "A5")]
    public void Check_SameGroupAndIntentTwice_Refused() =>
        Assert.Equal(VppError.TargetNamedTwice(People.ToString()), Check(App, To(People), To(People, type: LicenseType.User)));

    [Fact]
    [Trait("Rule", "A5"), Trait("Rule", "A1")]
    public void Check_GroupExcludedFromTwoIntents_Allowed() =>
        Assert.Null(Check(App, To(People, excluded: true), To(People, Intent.Uninstall, excluded: true)));

    [Fact]
    [Trait("Rule", "A5")]
    public void Check_GroupExcludedTwiceFromTheSameIntent_Refused() =>
        Assert.Equal(VppError.TargetNamedTwice(People.ToString()), Check(App, To(People, excluded: true), To(People, excluded: true)));

    [Fact]
    [Trait("Rule", "A1")]
    public void Check_GroupExcludedThatHoldsDevices_Allowed() =>
        Assert.Null(Check(App, ToAll(TargetKind.AllUsers, Intent.Available), To(Devices, Intent.Available, excluded: true)));

    [Fact]
    [Trait("Rule", "A1")]
    public void Check_AllUsersExcluded_Refused() =>
        Assert.Equal("invalidValue", Check(App, ToAll(TargetKind.AllUsers, Intent.Required) with { Excluded = true })?.Code);

    [Fact]
    public void Check_GroupTargetWithoutAGroup_Refused() =>
        Assert.Equal("invalidValue", Check(App, To(People) with { GroupId = null })?.Code);

    [Fact]
    public void Check_AvailableWithoutEnrollment_Refused() =>
        Assert.Equal(VppError.IntentNotSupported, Check(App, To(People, Intent.AvailableWithoutEnrollment)));

    [Theory]
    [Trait("Rule", "L12")]
    [InlineData(Intent.Required)]
    [InlineData(Intent.Available)]
    public void Check_DeviceLicensingOfAnAppThatForbidsIt_Refused(Intent intent) =>
        Assert.Equal(VppError.DeviceLicensingNotSupported, Check(UserOnly, To(People, intent)));

    [Fact]
    [Trait("Rule", "L12")]
    public void Check_NeighboursOfForbiddenDeviceLicensing_Allowed()
    {
        Assert.Null(Check(UserOnly, To(People, type: LicenseType.User)));
        Assert.Null(Check(UserOnly, To(People, Intent.Uninstall)));
        Assert.Null(Check(UserOnly, To(People, excluded: true)));
        Assert.Null(Check(App, To(People)));
        Assert.Null(Check(App with { Kind = AppKind.MacOs }, To(People)));
    }

    [Fact]
    [Trait("Rule", "L11")]
    public void Check_BookLicensedToDevices_Refused() => Assert.Equal(VppError.BooksAreForUsers, Check(Book, To(People)));

    [Fact]
    [Trait("Rule", "L11")]
    public void Check_BookThatAppleCallsDeviceAssignable_StillRefused() =>
        Assert.Equal(VppError.BooksAreForUsers, Check(Book with { DeviceAssignable = true }, To(People)));

    [Theory]
    [Trait("Rule", "A8"), Trait("Rule", "L11")]
    [InlineData(Intent.Required)]
    [InlineData(Intent.Available)]
    public void Check_BookForPeople_Allowed(Intent intent) => Assert.Null(Check(Book, To(People, intent, LicenseType.User)));

    [Fact]
    [Trait("Rule", "A8")]
    public void Check_BookToBeUninstalled_RefusedAsNotRevocable() =>
        Assert.Equal(VppError.NotRevocable, Check(Book, To(People, Intent.Uninstall, LicenseType.User)));

    [Fact]
    [Trait("Rule", "A8")]
    public void Check_BookForDevices_Refused()
    {
        Assert.Equal(VppError.BooksAreForUsers, Check(Book, To(Devices, Intent.Required, LicenseType.User)));
        Assert.Equal(VppError.BooksAreForUsers, Check(Book, ToAll(TargetKind.AllDevices, Intent.Required, LicenseType.User)));
    }

    [Fact]
    public void Check_OneOfManyIsRefused_AllAreRefused() =>
        Assert.Equal(VppError.AvailableNotForDevices, Check(App, To(People), To(Devices, Intent.Available), ToAll(TargetKind.AllUsers, Intent.Required)));
}
