using System.Text.Json.Serialization;

namespace VppManager.Api.Graph.Wire;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type")]
[JsonDerivedType(typeof(RevokeAppleVppLicensesActionResult), "#microsoft.graph.revokeAppleVppLicensesActionResult")]
internal class DeviceActionResult
{
    public string? ActionName { get; set; }
    public ActionState ActionState { get; set; }
    public DateTimeOffset LastUpdatedDateTime { get; set; }
    public DateTimeOffset StartDateTime { get; set; }
}

[Beta]
internal sealed class RevokeAppleVppLicensesActionResult : DeviceActionResult
{
    public int FailedLicensesCount { get; set; }
    public int TotalLicensesCount { get; set; }
}
