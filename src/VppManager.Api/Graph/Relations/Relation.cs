using System.Reflection;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Relations;

/// <summary>
/// A navigation property that is no join of the page's own query: what hangs on the objects of a page is read by one more query, so much of each.
/// </summary>
internal abstract class Relation(PropertyInfo property)
{
    public PropertyInfo Property { get; } = property;

    /// <summary>Reads what the expansion asks for and puts it into the owners.</summary>
    public abstract Task FillAsync(
        GraphReadContext db, GraphModel model, IReadOnlyList<Entity> owners, Expansion expansion, CancellationToken ct);

    /// <summary>Null when the property is expanded by a join, or not at all.</summary>
    public static Relation? Of(PropertyInfo property) => RelationCatalog.Of(property);
}
