namespace VppManager.Api.Graph.Wire;

[Beta]
internal sealed class IosVppAppRevokeLicensesActionResult
{
    public VppTokenActionFailureReason ActionFailureReason { get; set; }
    public string? ActionName { get; set; }
    public ActionState ActionState { get; set; }
    public int FailedLicensesCount { get; set; }
    public DateTimeOffset LastUpdatedDateTime { get; set; }
    public string? ManagedDeviceId { get; set; }
    public DateTimeOffset StartDateTime { get; set; }
    public int TotalLicensesCount { get; set; }
    public string? UserId { get; set; }
}

[Beta]
internal sealed class MacOsVppAppRevokeLicensesActionResult
{
    public VppTokenActionFailureReason ActionFailureReason { get; set; }
    public string? ActionName { get; set; }
    public ActionState ActionState { get; set; }
    public int FailedLicensesCount { get; set; }
    public DateTimeOffset LastUpdatedDateTime { get; set; }
    public string? ManagedDeviceId { get; set; }
    public DateTimeOffset StartDateTime { get; set; }
    public int TotalLicensesCount { get; set; }
    public string? UserId { get; set; }
}
