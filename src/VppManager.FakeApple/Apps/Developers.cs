using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace VppManager.FakeApple.Apps;

/// <summary>A key of a developer, as it is downloaded once.</summary>
public sealed record FakeDeveloperKey(string KeyId, string TeamId, string PrivateKeyPem);

/// <summary>The developers whose tokens the catalogue takes.</summary>
public sealed class Developers(FakeClock clock)
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromSeconds(15_777_000);

    private readonly ConcurrentDictionary<string, (string TeamId, ECDsa Key)> _keys = new(StringComparer.Ordinal);

    /// <summary>Makes a key pair, keeps the public half and gives the private one.</summary>
    public FakeDeveloperKey Issue(string teamId = "TEAM000001")
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var keyId = $"KEY{_keys.Count:D7}";
        _keys[keyId] = (teamId, key);

        return new FakeDeveloperKey(keyId, teamId, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Takes a public key made elsewhere.</summary>
    public void Trust(string keyId, string teamId, string publicKeyPem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(publicKeyPem);
        _keys[keyId] = (teamId, key);
    }

    /// <summary>No token signed with it passes any more.</summary>
    public void Withdraw(string keyId) => _keys.TryRemove(keyId, out _);

    internal bool Accepts(string? authorization)
    {
        if (authorization?.StartsWith("Bearer ", StringComparison.Ordinal) != true || authorization[7..].Split('.') is not [var head, var claims, var signature]) return false;

        try
        {
            using var header = JsonDocument.Parse(Decode(head));
            using var body = JsonDocument.Parse(Decode(claims));

            return header.RootElement.GetProperty("alg").GetString() == "ES256"
                && _keys.TryGetValue(header.RootElement.GetProperty("kid").GetString()!, out var known)
                && known.Key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{claims}"), Decode(signature), HashAlgorithmName.SHA256)
                && body.RootElement.GetProperty("iss").GetString() == known.TeamId
                && IsInTime(body.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private bool IsInTime(JsonElement claims)
    {
        var now = clock.GetUtcNow();
        var expires = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64());

        return expires > now && expires <= now + LongestLife && DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("iat").GetInt64()) <= now.AddMinutes(1);
    }

    private static byte[] Decode(string part) => System.Buffers.Text.Base64Url.DecodeFromChars(part);
}
