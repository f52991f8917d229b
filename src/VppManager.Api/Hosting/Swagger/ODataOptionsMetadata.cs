namespace VppManager.Api.Hosting.Swagger;

/// <summary>Which of OData's query options an endpoint takes.</summary>
internal enum ODataOptionsKind
{
    List,
    One,
    Count,
}

/// <summary>Tells Swagger to describe the query options; the endpoint itself reads them from the address.</summary>
internal sealed record ODataOptionsMetadata(ODataOptionsKind Kind);

internal static class ODataOptionsConvention
{
    public static TBuilder WithODataOptions<TBuilder>(this TBuilder endpoint, ODataOptionsKind kind)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ODataOptionsMetadata(kind));
}
