using System.Text.Json;
using System.Text.Json.Serialization;

namespace VppManager.Api.Directory;

/// <summary>A property of a request: absent (keep what is there) or set, perhaps to null. Assigning a value sets it.</summary>
[JsonConverter(typeof(ChangeConverters))]
internal readonly record struct Change<T>
{
    private Change(T? value) => (IsSet, Value) = (true, value);

    public bool IsSet { get; }
    public T? Value { get; }

    public static implicit operator Change<T>(T? value) => new(value);

    public T? Or(T? present) => IsSet ? Value : present;
}

internal sealed class ChangeConverters : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Change<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Change<T>>
    {
        public override bool HandleNull => true;

        public override Change<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            ((JsonConverter<T>)options.GetConverter(typeof(T))).Read(ref reader, typeof(T), options);

        public override void Write(Utf8JsonWriter writer, Change<T> value, JsonSerializerOptions options) =>
            ((JsonConverter<T?>)options.GetConverter(typeof(T))).Write(writer, value.Value, options);
    }
}
