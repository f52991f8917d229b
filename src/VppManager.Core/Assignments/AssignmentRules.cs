namespace VppManager.Core.Assignments;

/// <summary>What may be assigned to whom.</summary>
public static class AssignmentRules
{
    /// <summary>Checks the whole set of assignments of one app (rules A2, A5, A8, L11, L12).</summary>
    /// <param name="app">The app.</param>
    /// <param name="wanted">The set; empty is allowed and clears.</param>
    /// <param name="groupsWithDevices">Those of the named groups that hold at least one device.</param>
    /// <returns>The first refusal, or null when all is well.</returns>
    public static VppError? Check(AssignableApp app, IReadOnlyCollection<WantedAssignment> wanted, IReadOnlySet<Guid> groupsWithDevices) =>
        wanted.Select(one => CheckOne(app, one, groupsWithDevices)).FirstOrDefault(error => error is not null) ?? CheckTargets(wanted);

    private static VppError? CheckOne(AssignableApp app, WantedAssignment one, IReadOnlySet<Guid> groupsWithDevices)
    {
        var holdsDevices = one.Target is TargetKind.AllDevices || (one.GroupId is { } group && groupsWithDevices.Contains(group));
        return one switch
        {
            { Intent: Intent.AvailableWithoutEnrollment } => VppError.IntentNotSupported,
            { Target: TargetKind.Group, GroupId: null } => VppError.InvalidValue("groupId", "a group target names a group."),
            { Excluded: true } => one.Target is TargetKind.Group ? null : VppError.InvalidValue("target", "only groups can be excluded."),
            { Intent: Intent.Available } when holdsDevices => VppError.AvailableNotForDevices,
            _ when app.Kind is AppKind.Book => CheckBook(one, holdsDevices),
            { LicenseType: LicenseType.Device, Intent: not Intent.Uninstall } when !app.DeviceAssignable => VppError.DeviceLicensingNotSupported,
            _ => null,
        };
    }

    private static VppError? CheckBook(WantedAssignment one, bool holdsDevices) => one switch
    {
        { LicenseType: LicenseType.Device } => VppError.BooksAreForUsers,
        { Intent: Intent.Uninstall } => VppError.NotRevocable,
        _ when holdsDevices => VppError.BooksAreForUsers,
        _ => null,
    };

    private static VppError? CheckTargets(IReadOnlyCollection<WantedAssignment> wanted)
    {
        foreach (var same in wanted.GroupBy(one => (one.Target, one.GroupId, one.Excluded)).Where(same => same.Count() > 1))
        {
            var name = same.Key.GroupId?.ToString() ?? same.Key.Target.ToString();
            if (same.Key.Excluded && same.Select(one => one.Intent).Distinct().Count() == same.Count()) continue;
            return same.Select(one => one.Intent).Distinct().Count() > 1 ? VppError.TwoIntentsForOneGroup(name) : VppError.TargetNamedTwice(name);
        }

        return null;
    }
}
