namespace VppManager.Api.Graph.Wire;

internal sealed class MobileAppCategory : Entity
{
    public string? DisplayName { get; set; }
    public DateTimeOffset LastModifiedDateTime { get; set; }
}
