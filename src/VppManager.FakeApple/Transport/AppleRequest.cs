using System.Globalization;
using System.Text.Json;
using VppManager.FakeApple.Tokens;

namespace VppManager.FakeApple.Transport;

/// <summary>What came over the wire, apart from the server that took it.</summary>
internal sealed record AppleRequest(
    string Method,
    string Path,
    string Origin,
    IReadOnlyDictionary<string, string> Query,
    byte[] Body,
    string? Authorization,
    string? ContentType,
    string? Cookie)
{
    public bool IsJson => ContentType is { } type
        && type.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);

    public string? Text(string name) => Query.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <exception cref="FormatException">The parameter is not a whole number; answered with 9602.</exception>
    public int? Number(string name) => Text(name) is { } value ? int.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    /// <exception cref="FormatException">The parameter is neither true nor false; answered with 9602.</exception>
    public bool? Flag(string name) => Text(name) is { } value ? bool.Parse(value) : null;

    /// <exception cref="JsonException">The body is not what the endpoint takes; answered with 9602.</exception>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, Wire.Json) ?? throw new JsonException("null is not a request");
}

/// <summary>A request whose token was let through.</summary>
internal sealed record AppleCall(AppleRequest Request, FakeToken Token)
{
    public FakeLocation Location => Token.Location;
}

internal sealed record AppleAnswer(int Status, byte[] Body, string ContentType = "application/json")
{
    public int? ErrorNumber { get; init; }

    public string? RetryAfter { get; init; }

    public Cut Cut { get; init; }

    public static AppleAnswer Of(object body, int status = 200) => new(status, JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Wire.Json));

    public static AppleAnswer Of(AppleError error) => Of(error.ToBody(), error.Status) with { ErrorNumber = error.Number };
}

/// <summary>How the connection fails while the answer is written.</summary>
internal enum Cut
{
    None,
    Halfway,
    AtOnce,
}
