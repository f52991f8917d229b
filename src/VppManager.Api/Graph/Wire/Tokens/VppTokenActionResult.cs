using System.Text.Json.Serialization;

namespace VppManager.Api.Graph.Wire;

[Beta]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type")]
[JsonDerivedType(typeof(VppTokenRevokeLicensesActionResult), "#microsoft.graph.vppTokenRevokeLicensesActionResult")]
internal class VppTokenActionResult
{
    public string? ActionName { get; set; }
    public ActionState ActionState { get; set; }
    public DateTimeOffset LastUpdatedDateTime { get; set; }
    public DateTimeOffset StartDateTime { get; set; }
}

[Beta]
internal sealed class VppTokenRevokeLicensesActionResult : VppTokenActionResult
{
    public VppTokenActionFailureReason ActionFailureReason { get; set; }
    public int FailedLicensesCount { get; set; }
    public int TotalLicensesCount { get; set; }
}

internal enum ActionState
{
    None,
    Pending,
    Canceled,
    Active,
    Done,
    Failed,
    NotSupported,
}

[Beta]
internal enum VppTokenActionFailureReason
{
    None,
    AppleFailure,
    InternalError,
    ExpiredVppToken,
    ExpiredApplePushNotificationCertificate,
}
