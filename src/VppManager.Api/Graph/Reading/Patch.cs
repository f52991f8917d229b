namespace VppManager.Api.Graph.Reading;

/// <summary>What a PATCH changes: absent is kept, null is cleared.</summary>
/// <param name="Value">Of the type that @odata.type says.</param>
/// <param name="Changed">The names of the properties that were given, as the wire type has them.</param>
internal sealed record Patch<TBody>(TBody Value, IReadOnlySet<string> Changed) where TBody : class
{
    public bool Has(string property) => Changed.Contains(property);
}
