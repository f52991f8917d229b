using System.Reflection;
using Microsoft.OData;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Relations;

/// <summary>What is read in a way of its own, for all owners at once, and always whole.</summary>
internal sealed class OwnRelation<TOwner>(PropertyInfo property, Func<GraphReadContext, IReadOnlyList<TOwner>, CancellationToken, Task> fill)
    : Relation(property)
    where TOwner : Entity
{
    public override Task FillAsync(GraphReadContext db, GraphModel model, IReadOnlyList<Entity> owners, Expansion expansion, CancellationToken ct) =>
        expansion.HasOptions
            ? throw new ODataException($"Only $select is supported inside $expand of '{expansion.Property.Name}'.")
            : fill(db, [.. owners.Cast<TOwner>()], ct);
}
