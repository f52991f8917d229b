using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace VppManager.Api.Tests.Hosting;

/// <summary>Certificates of a test's own.</summary>
internal static class TestCertificate
{
    public const string Password = "open";

    /// <summary>A PKCS #12 file; gives its path.</summary>
    public static string Write(TemporaryFolder folder, string name)
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        var file = Path.Combine(folder.Path, name + ".pfx");
        File.WriteAllBytes(file, made.Export(X509ContentType.Pfx, Password));
        return file;
    }
}
