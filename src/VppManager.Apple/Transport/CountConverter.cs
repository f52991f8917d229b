using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VppManager.Apple;

/// <summary>Reads a count, however strange: below nothing is nothing, and what is too large for a number here is the largest.</summary>
internal sealed class CountConverter : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out var count) => Clamp(count),
        JsonTokenType.Number => Clamp(reader.GetDouble()),
        JsonTokenType.String when double.TryParse(reader.ValueSpan, CultureInfo.InvariantCulture, out var count) => Clamp(count),
        JsonTokenType.Null => 0,
        _ => throw new JsonException("A count is not a number."),
    };

    public override bool HandleNull => true;

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    private static int Clamp(double count) => double.IsNaN(count) ? 0 : (int)Math.Clamp(count, 0, int.MaxValue);
}
