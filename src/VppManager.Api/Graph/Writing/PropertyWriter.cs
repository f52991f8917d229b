using System.Reflection;
using System.Text.Json;
using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Relations;

namespace VppManager.Api.Graph.Writing;

/// <summary>Writes one property of an object, name and value.</summary>
internal abstract class PropertyWriter(string name)
{
    protected string Name { get; } = name;

    protected JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name);

    public abstract void Write(Utf8JsonWriter writer, object owner, string? place);

    /// <param name="model">The version.</param>
    /// <param name="property">What to write.</param>
    /// <param name="selection">What of it.</param>
    /// <param name="declared">The type that the objects are said to be of.</param>
    public static PropertyWriter Create(GraphModel model, IEdmProperty property, Selection? selection, IEdmStructuredType declared)
    {
        var clr = model.ClrProperty(property);
        var type = property.Type.IsCollection() ? property.Type.AsCollection().ElementType() : property.Type;

        if (type.Definition is not IEdmStructuredType structured)
        {
            return Make(typeof(ValueWriter<,>), clr, property.Name, model.IsBeta);
        }

        // Later, because a type can hold others of its own kind.
        var view = new Lazy<TypeView>(() => selection is null ? model.FullView(structured) : new TypeView(model, structured, selection));
        return property.Type.IsCollection()
            ? property is IEdmNavigationProperty
                ? Make(typeof(ExpandedWriter<,>), clr, property.Name, view, declared.IsOrInheritsFrom(property.DeclaringType) ? "" : "/" + property.DeclaringType.FullTypeName())
                : Make(typeof(ManyWriter<,>), clr, property.Name, view)
            : Make(typeof(OneWriter<,>), clr, property.Name, view);
    }

    private static PropertyWriter Make(Type generic, PropertyInfo property, string name, params object[] last) =>
        (PropertyWriter)Activator.CreateInstance(
            generic.MakeGenericType(property.DeclaringType!, property.PropertyType), [property, name, .. last])!;

    private static Func<TOwner, TValue> Getter<TOwner, TValue>(PropertyInfo property) =>
        property.GetMethod!.CreateDelegate<Func<TOwner, TValue>>();

    private sealed class ValueWriter<TOwner, TValue>(PropertyInfo property, string name, bool beta) : PropertyWriter(name)
        where TOwner : class
    {
        private readonly Func<TOwner, TValue> get = Getter<TOwner, TValue>(property);
        private readonly Action<Utf8JsonWriter, TValue> write = (Action<Utf8JsonWriter, TValue>)ValueWriters.For(typeof(TValue), beta);

        public override void Write(Utf8JsonWriter writer, object owner, string? place)
        {
            writer.WritePropertyName(EncodedName);
            write(writer, get((TOwner)owner));
        }
    }

    private sealed class OneWriter<TOwner, TValue>(PropertyInfo property, string name, Lazy<TypeView> view) : PropertyWriter(name)
        where TOwner : class
        where TValue : class
    {
        private readonly Func<TOwner, TValue?> get = Getter<TOwner, TValue?>(property);

        public override void Write(Utf8JsonWriter writer, object owner, string? place)
        {
            writer.WritePropertyName(EncodedName);

            if (get((TOwner)owner) is { } value && view.Value.Knows(value))
            {
                view.Value.Write(writer, value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }

    private sealed class ManyWriter<TOwner, TValue>(PropertyInfo property, string name, Lazy<TypeView> view) : PropertyWriter(name)
        where TOwner : class
        where TValue : class, System.Collections.IEnumerable
    {
        private readonly Func<TOwner, TValue?> get = Getter<TOwner, TValue?>(property);

        public override void Write(Utf8JsonWriter writer, object owner, string? place)
        {
            writer.WritePropertyName(EncodedName);
            view.Value.WriteAll(writer, get((TOwner)owner) ?? (System.Collections.IEnumerable)Array.Empty<object>());
        }
    }

    private sealed class ExpandedWriter<TOwner, TValue>(PropertyInfo property, string name, Lazy<TypeView> view, string cast) : PropertyWriter(name)
        where TOwner : Wire.Entity
        where TValue : class, System.Collections.IEnumerable
    {
        private readonly Func<TOwner, TValue> get = Getter<TOwner, TValue>(property);
        private readonly JsonEncodedText context = JsonEncodedText.Encode(name + "@odata.context");
        private readonly JsonEncodedText nextLink = JsonEncodedText.Encode(name + "@odata.nextLink");

        public override void Write(Utf8JsonWriter writer, object owner, string? place)
        {
            var value = get((TOwner)owner);
            if (place is not null)
            {
                var here = Here(place, Uri.EscapeDataString(((TOwner)owner).Id));
                writer.WriteString(context, here);
                if (value is IHasMore part) writer.WriteString(nextLink, here.Replace("/$metadata#", "/", StringComparison.Ordinal) + part.Rest);
            }

            writer.WritePropertyName(EncodedName);
            view.Value.WriteAll(writer, value);
        }

        // mobileApps('id')/microsoft.graph.iosVppApp/assignments: the cast comes after the key, also where the whole list is cast.
        private string Here(string place, string id)
        {
            var at = place.LastIndexOf("/" + GraphName.Namespace + ".", StringComparison.Ordinal);
            return at < 0 ? place + "('" + id + "')" + cast + "/" + Name : place[..at] + "('" + id + "')" + place[at..] + "/" + Name;
        }
    }
}
