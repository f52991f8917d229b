namespace VppManager.Api.Directory;

/// <summary>Graph's kinds of enrolment that decide about licences.</summary>
internal static class EnrollmentTypes
{
    /// <summary>Apple's User Enrollment, as SQL literals: the device is the person's own, and works with a Managed Apple Account (L3, L10, D7).</summary>
    public const string UserEnrollment =
        "'appleUserEnrollment', 'appleUserEnrollmentWithServiceAccount', 'appleAccountDrivenUserEnrollment'";
}
