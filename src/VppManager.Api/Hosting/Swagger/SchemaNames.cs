namespace VppManager.Api.Hosting.Swagger;

/// <summary>Graph's own names for what goes over the wire as Graph; plain ones for the rest.</summary>
internal static class SchemaNames
{
    private const string WireNamespace = "VppManager.Api.Graph.Wire";

    public static bool IsWire(Type type) => type.Namespace == WireNamespace;

    public static string Of(Type type)
    {
        if (type.IsGenericType)
        {
            var name = type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
            return $"{string.Concat(type.GetGenericArguments().Select(Of))}.{Camel(name)}";
        }

        if (IsWire(type)) return $"microsoft.graph.{Camel(type.Name)}";

        return type.DeclaringType is { } outer ? $"{Of(outer)}.{Camel(type.Name)}" : Camel(type.Name);
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
