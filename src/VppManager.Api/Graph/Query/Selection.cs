using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace VppManager.Api.Graph.Query;

/// <summary>$select and $expand as a tree that the writer and the query can ask.</summary>
internal sealed class Selection
{
    private readonly List<Selected> properties = [];
    private readonly List<Expansion> expansions = [];
    private readonly bool all;
    private readonly bool star;

    public Selection(SelectExpandClause? clause)
    {
        var items = clause?.SelectedItems.ToList() ?? [];
        star = items.OfType<WildcardSelectItem>().Any();
        all = clause is null || star || clause.AllSelected || items.All(item => item is ExpandedNavigationSelectItem);

        foreach (var item in items)
        {
            Add(item);
        }
    }

    private Selection()
    {
    }

    public bool HasSelect => !all;

    public IReadOnlyList<Expansion> Expansions => expansions;

    // The key is always written: clients could not tell the objects apart without it.
    public bool Includes(IEdmStructuredType type, IEdmStructuralProperty property) =>
        all
        || (type is IEdmEntityType entity && entity.Key().Contains(property))
        || properties.Any(selected => IsMeant(selected, property) && Applies(selected.Cast, type));

    public Selection? Within(IEdmStructuredType type, IEdmStructuralProperty property) =>
        all ? null : properties.FirstOrDefault(selected => IsMeant(selected, property) && Applies(selected.Cast, type))?.Within;

    public Selection? Expanded(IEdmStructuredType type, IEdmNavigationProperty property) =>
        expansions.FirstOrDefault(expansion => expansion.Property == property && Applies(expansion.Cast, type))?.Within;

    /// <summary>The part of the context in parentheses: (id,organizationName,assignments()).</summary>
    public string ContextSuffix()
    {
        var parts = new List<string>();

        if (star)
        {
            parts.Add("*");
        }
        else if (!all)
        {
            parts.AddRange(properties.SelectMany(selected => selected.ContextNames()));
        }

        parts.AddRange(expansions.Select(expansion => expansion.ContextName()));
        return parts.Count == 0 ? "" : "(" + string.Join(",", parts) + ")";
    }

    // By name, where a property of one kind of the directory's objects was asked of all kinds.
    private static bool IsMeant(Selected selected, IEdmStructuralProperty property) =>
        selected.Property == property
        || (selected.Cast is null && selected.Property.Name == property.Name
            && selected.Property.DeclaringType.BaseType is { } above && OpenProperties.IsOpen(above)
            && property.DeclaringType.BaseType is { } other && OpenProperties.IsOpen(other));

    private static bool Applies(IEdmStructuredType? cast, IEdmStructuredType type) => cast is null || type == cast
        || type.IsOrInheritsFrom(cast);

    private void Add(SelectItem item)
    {
        switch (item)
        {
            case PathSelectItem path:
                AddPath([.. path.SelectedPath], path.SelectAndExpand);
                break;
            case ExpandedNavigationSelectItem expand:
                expansions.Add(Expansion.Of(expand));
                break;
            case ExpandedReferenceSelectItem:
                throw new ODataException("$ref is not supported inside $expand.");
        }
    }

    private void AddPath(ReadOnlySpan<ODataPathSegment> path, SelectExpandClause? below)
    {
        IEdmStructuredType? cast = null;

        while (path is [TypeSegment type, ..])
        {
            cast = type.EdmType as IEdmStructuredType;
            path = path[1..];
        }

        // A navigation property that is not expanded adds nothing.
        if (path is not [PropertySegment segment, .. var rest])
        {
            return;
        }

        var known = properties.FirstOrDefault(selected => selected.Property == segment.Property && selected.Cast == cast);
        properties.RemoveAll(selected => selected == known);
        properties.Add(new Selected(cast, segment.Property, Deeper(known, rest, below)));
    }

    private static Selection? Deeper(Selected? known, ReadOnlySpan<ODataPathSegment> rest, SelectExpandClause? below)
    {
        if (rest.IsEmpty)
        {
            return below is { AllSelected: false } ? new Selection(below) : null;
        }

        var within = known?.Within ?? new Selection();
        within.AddPath(rest, below);
        return within;
    }

    private sealed record Selected(IEdmStructuredType? Cast, IEdmStructuralProperty Property, Selection? Within)
    {
        public IEnumerable<string> ContextNames()
        {
            var names = Within is null ? [Property.Name] : Within.properties.Select(inner => Property.Name + "/" + inner.Property.Name);
            return Cast is null ? names : names.Select(name => Cast.FullTypeName() + "/" + name);
        }
    }
}
