namespace VppManager.Api.Graph.Sets;

/// <summary>Which query options an address takes. Endpoint metadata: the API description lists them from it.</summary>
internal sealed record GraphQueryOptions(IReadOnlyList<string> Names)
{
    public static GraphQueryOptions List { get; } =
        new(["$count", "$expand", "$filter", "$orderby", "$search", "$select", "$skip", "$top"]);

    public static GraphQueryOptions Count { get; } = new(["$filter", "$search"]);

    public static GraphQueryOptions One { get; } = new(["$expand", "$select"]);
}
