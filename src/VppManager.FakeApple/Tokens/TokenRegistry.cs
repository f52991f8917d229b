using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Tokens;

/// <summary>Finds the token behind a bearer and says whether it may pass.</summary>
internal sealed class TokenRegistry(FakeClock clock, FakeSettings settings)
{
    private readonly ConcurrentDictionary<string, FakeToken> _bySecret = new(StringComparer.Ordinal);

    public void Add(FakeToken token) => _bySecret[token.Secret] = token;

    public void Clear() => _bySecret.Clear();

    public FakeToken? Find(Guid id) => _bySecret.Values.FirstOrDefault(token => token.Id == id);

    public FakeToken? FromFile(string file)
    {
        var envelope = new byte[file.Length];
        if (!Convert.TryFromBase64String(file, envelope, out var length)) return null;

        try
        {
            using var document = JsonDocument.Parse(envelope.AsMemory(0, length));

            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("token", out var secret)
                && secret.ValueKind == JsonValueKind.String
                && _bySecret.TryGetValue(secret.GetString()!, out var token) ? token : null;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    public FakeToken? FromHeader(string? header) =>
        Bearer(header) is { Length: > 0 } file ? FromFile(file) : null;

    public AppleError? Refusal(string? header, FakeToken? token)
    {
        if (Bearer(header) is not { } file) return new AppleError(9722);
        if (file.Length == 0) return new AppleError(9601);
        if (token is null || token.State == TokenState.Invalid) return new AppleError(9622, HttpStatus: settings.InvalidTokenStatus);

        return token.State switch
        {
            TokenState.Legacy => new AppleError(9647),
            TokenState.Revoked => new AppleError(9625),
            TokenState.Expired => new AppleError(9621),
            _ => token.Expires <= clock.GetUtcNow() ? new AppleError(9621) : null,
        };
    }

    public static AppleError? WriteRefusal(FakeToken token)
    {
        if (token.State == TokenState.ReadOnly) return new AppleError(9637);

        return token.Location.ManagedByApple ? new AppleError(9645) : null;
    }

    private static string? Bearer(string? header)
    {
        if (header is null || !header.StartsWith("Bearer", StringComparison.OrdinalIgnoreCase)) return null;
        if (header.Length == 6) return "";

        return header[6] == ' ' && !header.AsSpan(7).Trim().Contains(' ') ? header[7..].Trim() : null;
    }
}
