namespace VppManager.Api.Graph.Wire;

internal abstract class DirectoryObject : Entity
{
    public DateTimeOffset? DeletedDateTime { get; set; }
}
