using Microsoft.AspNetCore.Authorization;

namespace VppManager.Api.Access;

/// <summary>
/// An endpoint's demand, declared beside its route: the token brings at least one of these permissions, and of a signed-in user's roles
/// in the tenant one allows at least one of these resource actions. Applications have no roles.
/// </summary>
internal sealed record Guard(IReadOnlyList<string> Permissions, IReadOnlyList<string> Actions)
    : IAuthorizationRequirement, IAuthorizationRequirementData
{
    /// <summary>The least privileged of the permissions: the first.</summary>
    public string Least => Permissions[0];

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public static Guard Of(params string[] permissions) => new(permissions, []);

    /// <summary>The same permissions for another action.</summary>
    public Guard For(params string[] actions) => this with { Actions = actions };
}

internal static class GuardConvention
{
    /// <summary>Delegated callers need one of these in <c>scp</c>, applications one in <c>roles</c>; no role in the tenant is asked for.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoints, params string[] anyOf)
        where TBuilder : IEndpointConventionBuilder => endpoints.RequirePermission(Guard.Of(anyOf));

    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoints, Guard guard)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(guard);

    /// <summary>A request that is no GET and changes nothing.</summary>
    public static TBuilder OnlyReads<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(OnlyReadsMetadata.Instance);
}

internal sealed class OnlyReadsMetadata
{
    public static readonly OnlyReadsMetadata Instance = new();
}
