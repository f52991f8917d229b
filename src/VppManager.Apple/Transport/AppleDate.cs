using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VppManager.Apple;

/// <summary>Apple writes dates with an offset without colon (<c>+0000</c>), which the JSON reader of .NET refuses.</summary>
internal static class AppleDate
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'",
    ];

    // The second is how the store shows a day to people.
    private static readonly string[] Days = ["yyyy-MM-dd", "MMM d, yyyy"];

    public static bool TryParse(string? text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text?.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);

    /// <summary>Also takes a day without a time, as the store writes release dates.</summary>
    public static bool TryParseDay(string? text, out DateTimeOffset date) =>
        TryParse(text, out date) ||
        DateTimeOffset.TryParseExact(text?.Trim(), Days, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);

    public static string Format(DateTimeOffset date) =>
        date.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture);
}

/// <summary>Reads Apple's dates. A date nobody can read is no date, rather than the end of the whole answer.</summary>
internal sealed class AppleDateConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String)
            return AppleDate.TryParse(reader.GetString(), out var date) ? date : null;

        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } date)
            writer.WriteStringValue(AppleDate.Format(date));
        else
            writer.WriteNullValue();
    }
}
