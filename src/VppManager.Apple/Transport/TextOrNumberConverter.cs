using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VppManager.Apple;

/// <summary>Reads an id that Apple writes sometimes as text and sometimes as a number. Writes text.</summary>
internal sealed class TextOrNumberConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.Number ? Encoding.UTF8.GetString(reader.ValueSpan) : reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
