using System.Text.Json.Serialization;

namespace VppManager.Api.Graph.Sets;

/// <summary>What a list looks like, for the API description.</summary>
internal sealed record GraphPage<TItem>(
    [property: JsonPropertyName("@odata.context")] string Context,
    [property: JsonPropertyName("@odata.count")] long? Count,
    [property: JsonPropertyName("@odata.nextLink")] string? NextLink,
    IReadOnlyList<TItem> Value);
