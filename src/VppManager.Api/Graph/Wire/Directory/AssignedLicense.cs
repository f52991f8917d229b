namespace VppManager.Api.Graph.Wire;

/// <summary>A licence of Microsoft's own; nobody has one here.</summary>
internal sealed class AssignedLicense
{
    public List<Guid> DisabledPlans { get; set; } = [];

    public Guid? SkuId { get; set; }
}
