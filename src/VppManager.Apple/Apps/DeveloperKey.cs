using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace VppManager.Apple.Apps;

/// <summary>
/// The developer's key that the catalogue asks for, and the short-lived tokens signed with it (ES256).
/// See <see href="https://developer.apple.com/documentation/appsandbooksfororganizations/generating-developer-tokens"/>.
/// </summary>
internal sealed class DeveloperKey : IDisposable
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly ECDsa key;
    private readonly string keyId;
    private readonly string teamId;
    private readonly TimeProvider time;
    private string token = "";
    private DateTimeOffset goodUntil;

    private DeveloperKey(ECDsa key, string keyId, string teamId, TimeProvider time) =>
        (this.key, this.keyId, this.teamId, this.time) = (key, keyId, teamId, time);

    /// <summary>The key of the settings; null when there is none.</summary>
    public static DeveloperKey? From(AppleOptions options, TimeProvider time) =>
        IsSet(options) ? new DeveloperKey(Import(TextOf(options)), options.DeveloperKeyId!, options.DeveloperTeamId!, time) : null;

    /// <summary>What is wrong with the settings, without quoting the key; null when they are all right, or none is set.</summary>
    public static string? FaultOf(AppleOptions options)
    {
        if (!IsSet(options)) return null;
        if (!IsId(options.DeveloperKeyId) || !IsId(options.DeveloperTeamId))
            return "Apple:DeveloperKeyId and Apple:DeveloperTeamId must both be ten letters and digits when a developer's key is used.";
        if (string.IsNullOrWhiteSpace(options.DeveloperKey) == string.IsNullOrWhiteSpace(options.DeveloperKeyFile))
            return "Either Apple:DeveloperKey or Apple:DeveloperKeyFile must be set when a developer's key is used.";

        try
        {
            using var read = Import(TextOf(options));
            return read.KeySize == 256 ? null : "Apple:DeveloperKey must be a key on the curve P-256.";
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return "Apple:DeveloperKey (or the file of Apple:DeveloperKeyFile) cannot be read as a private key in PEM.";
        }
    }

    /// <summary>A token that is good for at least some minutes more.</summary>
    public string Token()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            if (now >= goodUntil) (token, goodUntil) = (Sign(now), now + Life - Margin);
            return token;
        }
    }

    public void Dispose() => key.Dispose();

    private string Sign(DateTimeOffset now)
    {
        var head = Part(new Dictionary<string, object> { ["alg"] = "ES256", ["kid"] = keyId, ["typ"] = "JWT" });
        var claims = Part(new Dictionary<string, object>
        {
            ["iss"] = teamId,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Life).ToUnixTimeSeconds(),
        });
        var signed = System.Text.Encoding.ASCII.GetBytes($"{head}.{claims}");
        return $"{head}.{claims}.{Base64Url.EncodeToString(key.SignData(signed, HashAlgorithmName.SHA256))}";
    }

    private static string Part(Dictionary<string, object> members) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(members));

    private static bool IsSet(AppleOptions options) =>
        ((string?[])[options.DeveloperKeyId, options.DeveloperTeamId, options.DeveloperKey, options.DeveloperKeyFile]).Any(one => !string.IsNullOrWhiteSpace(one));

    private static bool IsId(string? text) => text is { Length: 10 } && text.All(char.IsAsciiLetterOrDigit);

    // An environment variable may hold the lines with \n written out.
    private static string TextOf(AppleOptions options) => string.IsNullOrWhiteSpace(options.DeveloperKey)
        ? File.ReadAllText(options.DeveloperKeyFile!)
        : options.DeveloperKey.Replace("\\n", "\n", StringComparison.Ordinal);

    private static ECDsa Import(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }
}
