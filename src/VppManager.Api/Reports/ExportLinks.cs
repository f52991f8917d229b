using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace VppManager.Api.Reports;

/// <summary>Addresses from which a file can be had without a token, until the job expires: whoever has the address has the file.</summary>
internal sealed class ExportLinks(IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector protector = protection.CreateProtector("VppManager.Exports");

    public string Sign(Guid tenant, string job, DateTimeOffset until) => protector.Protect($"{tenant}/{until.ToUnixTimeSeconds()}/{job}");

    /// <summary>Null for a link that is not ours or is no longer good.</summary>
    public (Guid Tenant, string Job)? Read(string link)
    {
        try
        {
            var parts = protector.Unprotect(link).Split('/', 3);
            var until = DateTimeOffset.FromUnixTimeSeconds(long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
            return until > time.GetUtcNow() ? (Guid.Parse(parts[0]), parts[2]) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
