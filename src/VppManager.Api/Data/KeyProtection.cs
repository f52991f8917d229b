using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using VppManager.Api.Hosting;

namespace VppManager.Api.Data;

/// <summary>What protects the keys that protect the secrets: a certificate that is not in the database.</summary>
internal sealed class KeyProtectionOptions
{
    public const string Section = "DataProtection";

    /// <summary>A PKCS #12 file, or a PEM file with <see cref="CertificateKeyFile"/>.</summary>
    public string? CertificateFile { get; init; }

    public string? CertificateKeyFile { get; init; }

    public string? CertificatePassword { get; init; }

    /// <summary>Certificates of before (PKCS #12 with the same password, or PEM with the key in the file), so that older keys can be read.</summary>
    public IReadOnlyList<string> OldCertificateFiles { get; init; } = [];

    /// <summary>Start outside Development without a certificate.</summary>
    public bool AllowUnprotectedKeys { get; init; }
}

/// <summary>Outside Development the keys do not lie readable beside what they open, unless somebody says so.</summary>
internal sealed class KeyProtectionCheck(IHostEnvironment environment) : IValidateOptions<KeyProtectionOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyProtectionOptions options) =>
        options.CertificateFile is { Length: > 0 } || options.AllowUnprotectedKeys || environment.IsDevelopment()
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                "CertificateFile is needed: the keys that open the tokens' secrets lie in the same database. Set AllowUnprotectedKeys to true to start without.");
}

internal static class KeyProtection
{
    /// <summary>Data protection with its keys in the database, under the certificate that the settings name.</summary>
    public static void AddProtectedKeys(this IServiceCollection services, IConfiguration configuration)
    {
        var protection = services.AddDataProtection().SetApplicationName("VppManager").PersistKeysToDbContext<KeysContext>();
        var options = configuration.GetSection(KeyProtectionOptions.Section).Get<KeyProtectionOptions>() ?? new KeyProtectionOptions();
        if (options.CertificateFile is not { Length: > 0 } file) return;

        var current = Read(file, options.CertificateKeyFile, options.CertificatePassword);
        protection.ProtectKeysWithCertificate(current);
        protection.UnprotectKeysWithAnyCertificate([current, .. options.OldCertificateFiles.Select(old => Read(old, null, options.CertificatePassword))]);
    }

    private static X509Certificate2 Read(string file, string? keyFile, string? password)
    {
        try
        {
            return Path.GetExtension(file).ToLowerInvariant() is ".pfx" or ".p12"
                ? X509CertificateLoader.LoadPkcs12FromFile(file, password)
                : X509Certificate2.CreateFromPemFile(file, keyFile);
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The certificate '{file}' of {KeyProtectionOptions.Section} cannot be read: {unreadable.Message}");
        }
    }
}
