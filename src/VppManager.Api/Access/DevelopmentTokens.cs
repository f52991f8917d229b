using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace VppManager.Api.Access;

/// <summary>Tokens for development, signed with the local key. Accepted in the Development environment alone.</summary>
internal static class DevelopmentTokens
{
    public const string Issuer = "https://vppmanager.local/dev";
    public const string Audience = "vppmanager";
    public const string DefaultUser = "admin@vppmanager.local";

    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Everything an administrator needs; a narrower token is asked for by name.</summary>
    public static readonly IReadOnlyList<string> AllPermissions =
    [
        "DeviceManagementApps.ReadWrite.All",
        "DeviceManagementServiceConfig.ReadWrite.All",
        "DeviceManagementConfiguration.ReadWrite.All",
        "DeviceManagementManagedDevices.ReadWrite.All",
        "DeviceManagementManagedDevices.PrivilegedOperations.All",
        "DeviceManagementRBAC.ReadWrite.All",
        "User.ReadWrite.All",
        "Group.ReadWrite.All",
        "GroupMember.ReadWrite.All",
        "Directory.ReadWrite.All",
    ];

    public static string Create(DevelopmentTokenRequest request, SecurityKey key, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>
        {
            [ClaimNames.Tenant] = request.TenantId.ToString(),
            [ClaimNames.Object] = ObjectId(request).ToString(),
            [ClaimNames.ApplicationId] = ObjectId(request with { Application = true }).ToString(),
        };
        if (request.Application)
        {
            claims[ClaimNames.TokenKind] = ClaimNames.ApplicationToken;
            claims[ClaimNames.Roles] = request.Permissions;
        }
        else
        {
            claims[ClaimNames.UserPrincipalName] = request.User;
            claims[ClaimNames.Scopes] = string.Join(' ', request.Permissions);
        }

        if (request.Administrator) claims[ClaimNames.DirectoryRoles] = new[] { Caller.Administrators.First() };
        if (request.Groups.Count > 0) claims[ClaimNames.Groups] = request.Groups.Select(group => group.ToString()).ToArray();

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + Lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
        });
    }

    // The same user or application is the same object in every token.
    private static Guid ObjectId(DevelopmentTokenRequest request)
    {
        var name = request.Application ? "application" : request.User.ToLowerInvariant();
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{request.TenantId}/{name}")).AsSpan(0, 16));
    }
}

internal sealed record DevelopmentTokenRequest(
    Guid TenantId, string User, IReadOnlyList<string> Permissions, bool Application, IReadOnlyList<Guid> Groups, bool Administrator = false);
