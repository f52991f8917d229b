using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VppManager.Api.Tokens.Webhooks;

/// <summary>The secrets by which notifications are known to be Apple's. Random and long, so a plain hash of one gives nothing away.</summary>
internal static class WebhookSecret
{
    private const int Bytes = 32;

    /// <summary>Nobody's: compared with when there is nothing to compare with, so that both take the same time.</summary>
    private static readonly byte[] Nobodys = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Compares with all of them, whichever fits.</summary>
    public static bool IsOneOf(string secret, IEnumerable<byte[]?> hashes)
    {
        var presented = HashOf(secret);
        var fits = CryptographicOperations.FixedTimeEquals(presented, Nobodys);
        foreach (var hash in hashes) fits |= CryptographicOperations.FixedTimeEquals(presented, hash ?? Nobodys);
        return fits;
    }
}
