using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VppManager.FakeApple.Transport;

/// <summary>How Apple writes JSON and dates.</summary>
internal static class Wire
{
    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Date(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'+0000'", CultureInfo.InvariantCulture);
}

internal sealed record MdmInfo(string? Id, string? Name, string? Metadata);

/// <summary>The members every authenticated answer carries.</summary>
internal record Envelope
{
    public string? TokenExpirationDate { get; set; }
    public string? UId { get; set; }
    public MdmInfo? MdmInfo { get; set; }
}

internal sealed record Outcome(object? Body, AppleError? Error = null)
{
    public static implicit operator Outcome(Envelope body) => new(body, null);

    public static implicit operator Outcome(AppleError error) => new(null, error);
}
