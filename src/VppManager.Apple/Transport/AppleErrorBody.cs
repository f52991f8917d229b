using System.Globalization;
using System.Text.Json;

namespace VppManager.Apple;

/// <summary>Finds an error in a body without reading the whole of a good one into objects.</summary>
internal static class AppleErrorBody
{
    /// <summary>The error, or nothing if the body is none.</summary>
    /// <exception cref="JsonException">The body is not a JSON object.</exception>
    public static AppleError? Read(ReadOnlyMemory<byte> body)
    {
        var json = new Utf8JsonReader(body.Span);
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
            throw new JsonException("The answer is not an object.");

        var number = 0;
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var isNumber = json.ValueTextEquals("errorNumber"u8);
            json.Read();
            if (isNumber)
                number = NumberOf(ref json);
            json.Skip();
        }
        return number == 0 ? null : Whole(body, number);
    }

    private static int NumberOf(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.Number when json.TryGetInt32(out var number) => number,
        JsonTokenType.String when int.TryParse(json.ValueSpan, CultureInfo.InvariantCulture, out var number) => number,
        _ => 0,
    };

    private static AppleError Whole(ReadOnlyMemory<byte> body, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, AppleJson.Default.AppleError) ?? new AppleError { ErrorNumber = number };
        }
        catch (JsonException)
        {
            // The number says enough; what surrounds it may have changed its shape.
            return new AppleError { ErrorNumber = number };
        }
    }
}
