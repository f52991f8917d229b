using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Writing;

/// <summary>How values that are not objects look in Graph's JSON.</summary>
internal static class ValueWriters
{
    private static readonly ConcurrentDictionary<(Type Type, bool Beta), Delegate> Known = new();

    /// <summary>An <see cref="Action{Utf8JsonWriter, TValue}"/> for the type.</summary>
    public static Delegate For(Type type, bool beta) => Known.GetOrAdd((type, beta), key => Make(key.Type, key.Beta));

    private static Delegate Make(Type type, bool beta)
    {
        if (Simple(type) is { } simple)
        {
            return simple;
        }

        if (type.IsEnum)
        {
            return Call(nameof(ForEnum), beta, type);
        }

        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Call(nameof(ForNullable), beta, inner);
        }

        var element = type.GetInterfaces().Append(type)
            .FirstOrDefault(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?? throw new NotSupportedException($"No JSON form for {type}.");
        return Call(nameof(ForMany), beta, type, element.GetGenericArguments()[0]);
    }

    private static Delegate? Simple(Type type) =>
        type == typeof(string) ? (Action<Utf8JsonWriter, string?>)((writer, value) => writer.WriteStringValue(value))
        : type == typeof(bool) ? (Action<Utf8JsonWriter, bool>)((writer, value) => writer.WriteBooleanValue(value))
        : type == typeof(int) ? (Action<Utf8JsonWriter, int>)((writer, value) => writer.WriteNumberValue(value))
        : type == typeof(long) ? (Action<Utf8JsonWriter, long>)((writer, value) => writer.WriteNumberValue(value))
        : type == typeof(Guid) ? (Action<Utf8JsonWriter, Guid>)((writer, value) => writer.WriteStringValue(value))

        // As UTC, so that it ends in Z.
        : type == typeof(DateTimeOffset)
            ? (Action<Utf8JsonWriter, DateTimeOffset>)((writer, value) => writer.WriteStringValue(value.UtcDateTime))
        : type == typeof(byte[]) ? (Action<Utf8JsonWriter, byte[]?>)Bytes
        : null;

    private static void Bytes(Utf8JsonWriter writer, byte[]? value)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            writer.WriteBase64StringValue(value);
        }
    }

    private static Delegate Call(string method, bool beta, params Type[] types) =>
        (Delegate)typeof(ValueWriters).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(types)
            .Invoke(null, [beta])!;

    // A member that this version does not have is shown as the one that stands for it.
    private static Action<Utf8JsonWriter, TEnum> ForEnum<TEnum>(bool beta) where TEnum : struct, Enum
    {
        var members = GraphName.Members<TEnum>(beta);
        var names = members.ToDictionary(member => member.Key, member => JsonEncodedText.Encode(member.Value));
        var other = members.Values.FirstOrDefault(name => name is "unknownFutureValue")
            ?? members.Values.FirstOrDefault(name => name is "unknown");

        return (writer, value) =>
        {
            if (names.TryGetValue(value, out var name))
            {
                writer.WriteStringValue(name);
            }
            else
            {
                writer.WriteStringValue(other);
            }
        };
    }

    private static Action<Utf8JsonWriter, TValue?> ForNullable<TValue>(bool beta) where TValue : struct
    {
        var write = (Action<Utf8JsonWriter, TValue>)For(typeof(TValue), beta);

        return (writer, value) =>
        {
            if (value is { } some)
            {
                write(writer, some);
            }
            else
            {
                writer.WriteNullValue();
            }
        };
    }

    private static Action<Utf8JsonWriter, TMany?> ForMany<TMany, TValue>(bool beta) where TMany : class, IEnumerable<TValue>
    {
        var write = (Action<Utf8JsonWriter, TValue>)For(typeof(TValue), beta);

        return (writer, values) =>
        {
            writer.WriteStartArray();

            foreach (var value in values ?? (IEnumerable<TValue>)[])
            {
                write(writer, value);
            }

            writer.WriteEndArray();
        };
    }
}
