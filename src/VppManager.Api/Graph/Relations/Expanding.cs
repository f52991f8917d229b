using System.Collections;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Relations;

/// <summary>The part of $expand that the page's own query leaves out.</summary>
internal static class Expanding
{
    /// <summary>Whether anything has to be read besides.</summary>
    public static bool IsNeeded(GraphModel model, Selection selection) => selection.Expansions.Any(expansion =>
        Relation.Of(model.ClrProperty(expansion.Property)) is not null || IsNeeded(model, expansion.Within));

    public static async Task FillAsync(
        GraphReadContext db, GraphModel model, IReadOnlyList<Entity> items, Selection selection, CancellationToken ct)
    {
        foreach (var expansion in selection.Expansions)
        {
            var property = model.ClrProperty(expansion.Property);
            List<Entity> owners = [.. items.Where(property.DeclaringType!.IsInstanceOfType)];
            if (owners.Count == 0) continue;

            if (Relation.Of(property) is { } relation) await relation.FillAsync(db, model, owners, expansion, ct);
            if (!IsNeeded(model, expansion.Within)) continue;

            await FillAsync(db, model, [.. owners.SelectMany(owner => Within(property.GetValue(owner)))], expansion.Within, ct);
        }
    }

    private static IEnumerable<Entity> Within(object? value) => value switch
    {
        IEnumerable many => many.Cast<Entity>(),
        Entity one => [one],
        _ => [],
    };
}
