using System.Collections;
using System.Text.Json;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Reading;

/// <summary>Reads JSON into wire types, strictly: what does not fit is refused, with the name of the property.</summary>
internal sealed class BodyReader(GraphModel model)
{
    private const string ODataType = "@odata.type";

    /// <summary>A whole object.</summary>
    public TBody Read<TBody>(JsonElement json) where TBody : class => (TBody)ReadObject(json, typeof(TBody), new BodyPath("", null));

    /// <summary>An object of which only some properties are given.</summary>
    public Patch<TBody> ReadPatch<TBody>(JsonElement json, Type? type = null) where TBody : class
    {
        var value = ReadObject(json, type ?? typeof(TBody), new BodyPath("", null), partial: true);
        var given = BodyProperties.Of(value.GetType(), model.IsBeta);
        var names = json.EnumerateObject()
            .Select(member => given.Find(member.Name)?.Name)
            .OfType<string>()
            .ToHashSet();
        return new Patch<TBody>((TBody)value, names);
    }

    private object ReadObject(JsonElement json, Type declared, BodyPath path, bool partial = false)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw path.Fault("an object is expected");
        }

        var type = TypeOf(json, declared, path);
        var properties = BodyProperties.Of(type, model.IsBeta);
        var value = Activator.CreateInstance(type, nonPublic: true)!;
        var missing = properties.Required.ToHashSet();

        foreach (var member in json.EnumerateObject())
        {
            if (properties.Find(member.Name) is { } property)
            {
                property.Set(value, ReadValue(member.Value, property, path.Member(property.JsonName)));
                missing.Remove(property.JsonName);
            }
        }

        return partial || missing.Count == 0 ? value : throw path.Member(missing.First()).Fault("a value is required");
    }

    private object? ReadValue(JsonElement json, BodyProperty property, BodyPath path)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            // Graph's collections of text may be null, and none is what that means.
            return property.IsNullable ? null : property.IsOptionalText ? new List<string>() : throw path.Fault("null is not allowed");
        }

        return ReadValue(json, property.Type, path);
    }

    private object ReadValue(JsonElement json, Type type, BodyPath path)
    {
        if (BodyValues.Read(json, type, path) is { } value)
        {
            return value;
        }

        return type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)) ? ReadMany(json, type.GetGenericArguments()[0], path)
            : ReadObject(json, type, path);
    }

    private IList ReadMany(JsonElement json, Type element, BodyPath path)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            throw path.Fault("an array is expected");
        }

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;

        foreach (var item in json.EnumerateArray())
        {
            list.Add(ReadValue(item, element, path.Item(list.Count)));
        }

        return list;
    }

    // @odata.type can be anywhere in the object, with or without the number sign.
    private Type TypeOf(JsonElement json, Type declared, BodyPath path)
    {
        if (!json.TryGetProperty(ODataType, out var given))
        {
            return !declared.IsAbstract ? declared
                : throw path.Fault($"'@odata.type' is required: '{GraphName.Full(declared)}' is abstract");
        }

        var name = given.ValueKind == JsonValueKind.String ? GraphName.WithoutAlias(given.GetString()!)
            : throw path.Fault("'@odata.type' must be text");

        if (model.Edm.FindDeclaredType(name) is not { } type || model.ClrType(type) is not { } clr)
        {
            throw path.Fault($"the type '{name}' is not known in {model.Version}");
        }

        return clr.IsAssignableTo(declared) && !clr.IsAbstract ? clr : throw path.Fault($"the type '{name}' is not allowed here");
    }
}
