using Microsoft.AspNetCore.DataProtection;
using VppManager.Apple;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>Invite codes, encrypted at rest: whoever has one can accept in the user's place. They leave the service in an invitation's address alone.</summary>
internal sealed class InviteCodes(IDataProtectionProvider protection, ServiceConfigCache service)
{
    private readonly IDataProtector protector = protection.CreateProtector("VppManager.InviteCodes");

    public string Protect(string code) => protector.Protect(code);

    /// <returns>Where the user accepts; null while Apple has not given a code, or no template for addresses.</returns>
    public async ValueTask<string?> LinkAsync(string? protectedCode, CancellationToken ct) =>
        protectedCode is null ? null : (await service.GetAsync(ct)).InvitationLink(protector.Unprotect(protectedCode));
}
