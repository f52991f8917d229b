using System.Collections;
using System.Text.Json;
using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;

namespace VppManager.Api.Graph.Writing;

/// <summary>
/// What to write for a declared type: for every type that an object of it can have its @odata.type and its properties, already cut down
/// to $select and $expand.
/// </summary>
internal sealed class TypeView
{
    private static readonly JsonEncodedText ODataType = JsonEncodedText.Encode("@odata.type");

    private readonly Dictionary<Type, WrittenType> types = [];

    public TypeView(GraphModel model, IEdmStructuredType declared, Selection? selection)
    {
        foreach (var type in model.SelfAndDerived(declared).Where(type => !type.IsAbstract))
        {
            var name = type == declared ? (JsonEncodedText?)null : JsonEncodedText.Encode("#" + type.FullTypeName());
            types[model.ClrType(type)!] = new WrittenType(name, PropertiesOf(model, type, selection, declared));
        }
    }

    /// <summary>A version does not have every type that the database has: those objects are not shown.</summary>
    public bool Knows(object value) => types.ContainsKey(value.GetType());

    /// <summary>
    /// "/microsoft.graph.iosVppApp" when the object is of a type derived from the declared one: it belongs to the context.
    /// </summary>
    public string Cast(object value) => types[value.GetType()].Name is { } name ? "/" + name.Value[1..] : "";

    /// <param name="writer">Where to.</param>
    /// <param name="value">The object.</param>
    /// <param name="context">Its context, when it is the whole answer.</param>
    /// <param name="place">The context of the collection that it is in, when something is expanded in it.</param>
    public void Write(Utf8JsonWriter writer, object value, string? context = null, string? place = null)
    {
        var type = Nearest(value.GetType());
        writer.WriteStartObject();

        if (context is not null)
        {
            writer.WriteString(JsonAnswer.Context, context);
        }

        if (type.Name is { } name)
        {
            writer.WriteString(ODataType, name);
        }

        foreach (var property in type.Properties)
        {
            property.Write(writer, value, place);
        }

        writer.WriteEndObject();
    }

    public void WriteAll(Utf8JsonWriter writer, IEnumerable values, string? place = null)
    {
        writer.WriteStartArray();

        foreach (var value in values)
        {
            Write(writer, value, context: null, place);
        }

        writer.WriteEndArray();
    }

    // A value of a type that only the other version has is written as what it is in this one.
    private WrittenType Nearest(Type type) => types.TryGetValue(type, out var known) ? known
        : type.BaseType is { } wider ? Nearest(wider) : throw new InvalidOperationException($"There is no view of a {type}.");

    private static PropertyWriter[] PropertiesOf(GraphModel model, IEdmStructuredType type, Selection? selection, IEdmStructuredType declared)
    {
        var structural = type.StructuralProperties()
            .Where(property => selection is null || selection.Includes(type, property))
            .Select(property => PropertyWriter.Create(model, property, selection?.Within(type, property), declared));
        var expanded = type.NavigationProperties()
            .Select(property => (Property: property, Selection: selection?.Expanded(type, property)))
            .Where(expand => expand.Selection is not null)
            .Select(expand => PropertyWriter.Create(model, expand.Property, expand.Selection, declared));

        return [.. structural, .. expanded];
    }

    private sealed record WrittenType(JsonEncodedText? Name, PropertyWriter[] Properties);
}
