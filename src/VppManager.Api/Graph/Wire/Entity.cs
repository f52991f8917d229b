namespace VppManager.Api.Graph.Wire;

internal abstract class Entity
{
    public string Id { get; set; } = "";
}
