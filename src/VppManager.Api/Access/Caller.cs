using System.Collections.Frozen;
using System.Reflection;
using System.Security.Claims;

namespace VppManager.Api.Access;

/// <summary>Who is calling, read from the claims of the token: a signed-in user, or an application on its own behalf.</summary>
internal sealed record Caller(
    Guid TenantId,
    Guid ObjectId,
    string? UserPrincipalName,
    string? ApplicationId,
    IReadOnlySet<string> Permissions,
    IReadOnlySet<Guid> Groups,
    bool IsApplication)
{
    /// <summary>Global Administrator and Intune Administrator, as Entra ID writes them into <c>wids</c>.</summary>
    public static readonly FrozenSet<string> Administrators =
        new[] { "62e90394-69f5-4237-9190-012177145e10", "3a2c62db-5318-420d-8d74-23affee5d9d5" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A signed-in user whom the directory makes administrator of everything here, whatever roles the tenant has given.</summary>
    public bool IsAdministrator { get; private init; }

    /// <summary>The name under which what the caller does is written down.</summary>
    public string Actor => UserPrincipalName ?? ObjectId.ToString();

    /// <summary>Null when the claims name no tenant or no object: such a token is not accepted.</summary>
    public static Caller? From(ClaimsPrincipal user)
    {
        if (!Guid.TryParse(user.FindFirstValue(ClaimNames.Tenant), out var tenant) || tenant == Guid.Empty) return null;
        if (!Guid.TryParse(user.FindFirstValue(ClaimNames.Object), out var id) || id == Guid.Empty) return null;

        var scopes = user.FindFirstValue(ClaimNames.Scopes);
        var isApplication = scopes is null
            && (user.FindFirstValue(ClaimNames.TokenKind) == ClaimNames.ApplicationToken || user.HasClaim(c => c.Type == ClaimNames.Roles));

        // A user's token may list roles too; they say nothing of what the signed-in application may do.
        var permissions = isApplication ? user.FindAll(ClaimNames.Roles).Select(c => c.Value) : Words(scopes);

        return new Caller(
            tenant,
            id,
            user.FindFirstValue(ClaimNames.UserPrincipalName) ?? user.FindFirstValue(ClaimNames.PreferredUserName),
            user.FindFirstValue(ClaimNames.AuthorizedParty) ?? user.FindFirstValue(ClaimNames.ApplicationId),
            permissions.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            user.FindAll(ClaimNames.Groups).Select(c => Guid.TryParse(c.Value, out var group) ? group : Guid.Empty)
                .Where(group => group != Guid.Empty).ToFrozenSet(),
            isApplication)
        {
            IsAdministrator = !isApplication && user.FindAll(ClaimNames.DirectoryRoles).Any(c => Administrators.Contains(c.Value)),
        };
    }

    /// <summary>Lets an endpoint take its caller as a parameter.</summary>
    public static ValueTask<Caller> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult(context.Caller());

    private static string[] Words(string? spaced) => spaced?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
