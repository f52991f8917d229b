using System.Globalization;
using System.Text.Json;

namespace VppManager.Api.Graph.Reading;

/// <summary>Values that are neither objects nor arrays.</summary>
internal static class BodyValues
{
    /// <summary>Null for types that are not of this kind; a fault for values that do not fit the type.</summary>
    public static object? Read(JsonElement json, Type type, BodyPath path) =>
        type == typeof(string) ? Text(json, path)
        : type == typeof(bool) ? json.ValueKind is JsonValueKind.True or JsonValueKind.False ? json.GetBoolean()
            : throw path.Fault("true or false is expected")
        : type == typeof(int) ? json.ValueKind == JsonValueKind.Number && json.TryGetInt32(out var number) ? number
            : throw path.Fault("a 32-bit integer is expected")
        : type == typeof(DateTimeOffset) ? Moment(json, path)
        : type == typeof(byte[]) ? json.ValueKind == JsonValueKind.String && json.TryGetBytesFromBase64(out var bytes) ? bytes
            : throw path.Fault("base64 text is expected")
        : type.IsEnum ? Member(json, type, path)
        : null;

    private static string Text(JsonElement json, BodyPath path) =>
        json.ValueKind != JsonValueKind.String ? throw path.Fault("text is expected")
        : json.GetString()! is var text && text.Contains('\0', StringComparison.Ordinal)
            ? throw path.Fault("text cannot hold the character U+0000")
        : text;

    private static DateTimeOffset Moment(JsonElement json, BodyPath path) =>
        json.ValueKind == JsonValueKind.String
        && DateTimeOffset.TryParse(json.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : throw path.Fault("a date and time is expected");

    // Names only: a number is no enum value in JSON.
    private static object Member(JsonElement json, Type type, BodyPath path)
    {
        var text = Text(json, path);
        return text.Length > 0 && char.IsLetter(text[0]) && !text.Contains(',', StringComparison.Ordinal)
            && Enum.TryParse(type, text, ignoreCase: true, out var value)
            ? value
            : throw path.Fault($"'{text}' is not one of {string.Join(", ", Enum.GetNames(type).Select(Model.GraphName.Of))}");
    }
}
