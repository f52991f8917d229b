using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace VppManager.Apple.Tokens;

/// <summary>What is wrong with a text that should have been a content token file.</summary>
public enum VppTokenFileFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Longer than <see cref="VppTokenFile.MaxLength"/>.</summary>
    TooLong,

    /// <summary>Empty, or not Base64.</summary>
    NotBase64,

    /// <summary>Base64, but of no JSON object.</summary>
    NotJson,

    /// <summary>The member <c>token</c> is missing, empty or no text.</summary>
    NoToken,

    /// <summary>The member <c>expDate</c> is missing or no date.</summary>
    NoExpiry,
}

/// <summary>
/// A content token file (<c>.vpptoken</c>), read: Base64 of a JSON object with <c>token</c>, <c>expDate</c> and <c>orgName</c>. The
/// location is not in it; ask <see cref="AppleClient.GetClientConfigAsync"/>. The file is not signed: Apple judges by the token within.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/getting-started-with-the-management-api"/>.
/// </summary>
public sealed class VppTokenFile
{
    /// <summary>The longest text accepted.</summary>
    public const int MaxLength = 64 * 1024;

    private VppTokenFile(string content, string token, DateTimeOffset expiresAt, string? organizationName)
    {
        Content = content;
        ExpiresAt = expiresAt;
        OrganizationName = organizationName;
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }

    /// <summary>The Base64 text without white space around or within: the secret to keep and to send.</summary>
    public string Content { get; }

    /// <summary>When the token ends, by the file.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>The organisation, often a code.</summary>
    public string? OrganizationName { get; }

    /// <summary>SHA-256 of the token within: tells two files apart without keeping their secret.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads the text of a token file.</summary>
    /// <param name="text">The text as uploaded; white space and a byte order mark do not matter.</param>
    /// <param name="file">The file, if the text is one.</param>
    /// <param name="fault">What is wrong, if it is not.</param>
    /// <returns>Whether the text is a token file. Whether Apple accepts it is another matter.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VppTokenFile? file, out VppTokenFileFault fault)
    {
        file = null;
        fault = Read(text ?? "", ref file);
        return file is not null;
    }

    /// <summary>The token to call Apple with.</summary>
    /// <param name="uId">The location's id, once known.</param>
    public ContentToken ToContentToken(string? uId = null) => new(Content, uId);

    /// <summary>Says whose it is and when it ends; never the secret.</summary>
    public override string ToString() => $"VppTokenFile({OrganizationName}, {AppleDate.Format(ExpiresAt)})";

    private static VppTokenFileFault Read(string text, ref VppTokenFile? file)
    {
        if (text.Length > MaxLength)
            return VppTokenFileFault.TooLong;

        var content = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter != '\uFEFF'));
        var bytes = new byte[content.Length];
        if (content.Length == 0 || !Convert.TryFromBase64String(content, bytes, out var length))
            return VppTokenFileFault.NotBase64;

        try
        {
            using var json = JsonDocument.Parse(WithoutMark(bytes.AsMemory(0, length)));
            return json.RootElement.ValueKind is JsonValueKind.Object
                ? ReadMembers(json.RootElement, content, ref file)
                : VppTokenFileFault.NotJson;
        }
        catch (JsonException)
        {
            return VppTokenFileFault.NotJson;
        }
    }

    private static VppTokenFileFault ReadMembers(JsonElement json, string content, ref VppTokenFile? file)
    {
        if (TextOf(json, "token") is not { Length: > 0 } token)
            return VppTokenFileFault.NoToken;
        if (!AppleDate.TryParse(TextOf(json, "expDate"), out var expiresAt))
            return VppTokenFileFault.NoExpiry;

        file = new VppTokenFile(content, token, expiresAt, TextOf(json, "orgName")?.Trim());
        return VppTokenFileFault.None;
    }

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) =>
        json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
}
