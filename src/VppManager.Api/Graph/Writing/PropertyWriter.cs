using System.Reflection;
using System.Text.Json;
using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;

namespace VppManager.Api.Graph.Writing;

/// <summary>Writes one property of an object, name and value.</summary>
internal abstract class PropertyWriter(string name)
{
    protected string Name { get; } = name;

    protected JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name);

    public abstract void Write(Utf8JsonWriter writer, object owner, string? place);

    public static PropertyWriter Create(GraphModel model, IEdmProperty property, Selection? selection)
    {
        var clr = model.ClrProperty(property);
        var type = property.Type.IsCollection() ? property.Type.AsCollection().ElementType() : property.Type;

        if (type.Definition is not IEdmStructuredType structured)
        {
            return Make(typeof(ValueWriter<,>), clr, property.Name, model.IsBeta);
        }

        // Later, because a type can hold others of its own kind.
        var view = new Lazy<TypeView>(() => selection is null ? model.FullView(structured) : new TypeView(model, structured, selection));
        var shape = property switch
        {
            IEdmNavigationProperty when property.Type.IsCollection() => typeof(ExpandedWriter<,>),
            _ when property.Type.IsCollection() => typeof(ManyWriter<,>),
            _ => typeof(OneWriter<,>),
        };
        return Make(shape, clr, property.Name, view);
    }

    private static PropertyWriter Make(Type generic, PropertyInfo property, string name, object last) =>
        (PropertyWriter)Activator.CreateInstance(
            generic.MakeGenericType(property.DeclaringType!, property.PropertyType), property, name, last)!;

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

    private sealed class ExpandedWriter<TOwner, TValue>(PropertyInfo property, string name, Lazy<TypeView> view) : PropertyWriter(name)
        where TOwner : Wire.Entity
        where TValue : class, System.Collections.IEnumerable
    {
        private readonly Func<TOwner, TValue> get = Getter<TOwner, TValue>(property);
        private readonly JsonEncodedText context = JsonEncodedText.Encode(name + "@odata.context");
        private readonly string cast = typeof(TOwner).IsAbstract || typeof(TOwner).BaseType == typeof(Wire.Entity)
            ? ""
            : "/" + GraphName.Full(typeof(TOwner));

        public override void Write(Utf8JsonWriter writer, object owner, string? place)
        {
            if (place is not null)
            {
                writer.WriteString(context, place + "('" + Uri.EscapeDataString(((TOwner)owner).Id) + "')" + cast + "/" + Name);
            }

            writer.WritePropertyName(EncodedName);
            view.Value.WriteAll(writer, get((TOwner)owner));
        }
    }
}
