using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;

namespace VppManager.Api.Graph.Query;

/// <summary>One navigation property to expand, and what is wanted of it.</summary>
internal sealed record Expansion(IEdmStructuredType? Cast, IEdmNavigationProperty Property, ExpandedNavigationSelectItem Item,
    Selection Within)
{
    private static readonly Uri Nowhere = new("http://localhost/");

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

    /// <summary>The query of the collection's own address that gives what comes after the first ones.</summary>
    public string Rest(int taken)
    {
        var rest = new ODataUri
        {
            ServiceRoot = Nowhere,
            Path = new ODataPath(),
            Filter = Item.FilterOption,
            OrderBy = Item.OrderByOption,
            Skip = (Item.SkipOption ?? 0) + taken,
        };
        if (Within.HasSelect || Within.Expansions.Count > 0) rest.SelectAndExpand = Item.SelectAndExpand;
        return rest.BuildUri(ODataUrlKeyDelimiter.Slash).Query;
    }

    public string ContextName()
    {
        var within = Within.ContextSuffix();
        return (Cast is null ? "" : Cast.FullTypeName() + "/") + Property.Name + (within == "" ? "()" : within);
    }
}
