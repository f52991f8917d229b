using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace VppManager.Api.Graph.Query;

/// <summary>One navigation property to expand, and what is wanted of it.</summary>
internal sealed record Expansion(IEdmStructuredType? Cast, IEdmNavigationProperty Property, ExpandedNavigationSelectItem Item,
    Selection Within)
{
    public bool HasOptions =>
        Item.FilterOption is not null || Item.OrderByOption is not null || Item.SkipOption is not null || Item.TopOption is not null;

    public static Expansion Of(ExpandedNavigationSelectItem item)
    {
        if (item.ApplyOption is not null || item.ComputeOption is not null || item.SearchOption is not null || item.LevelsOption is not null
            || item.CountOption == true)
        {
            throw new ODataException("Only $filter, $orderby, $select, $expand, $top and $skip are supported inside $expand.");
        }

        var path = item.PathToNavigationProperty;
        var property = ((NavigationPropertySegment)path.LastSegment).NavigationProperty;
        var cast = path.OfType<TypeSegment>().LastOrDefault()?.EdmType as IEdmStructuredType;
        return new Expansion(cast, property, item, new Selection(item.SelectAndExpand));
    }

    public string ContextName()
    {
        var within = Within.ContextSuffix();
        return (Cast is null ? "" : Cast.FullTypeName() + "/") + Property.Name + (within == "" ? "()" : within);
    }
}
