using Microsoft.AspNetCore.Authorization;

namespace VppManager.Api.Access;

/// <summary>
/// An endpoint's demand, declared beside its route: the token brings at least one of these permissions, and of a signed-in user's roles
/// in the tenant one allows at least one of these resource actions. Applications have no roles.
/// </summary>
internal sealed record Guard(IReadOnlyList<string> Permissions, IReadOnlyList<string> Actions)
    : IAuthorizationRequirement, IAuthorizationRequirementData
{
    /// <summary>Why no action is asked for: the permission alone decides. Without a reason there has to be an action.</summary>
    public string? WhyNoRole { get; private init; }

    /// <summary>The least privileged of the permissions: the first.</summary>
    public string Least => Permissions[0];

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];

    public static Guard Of(params string[] permissions) => new(permissions, []);

    /// <summary>The same permissions for another action.</summary>
    public Guard For(params string[] actions) => this with { Actions = actions };

    /// <summary>The same permissions, whatever the roles.</summary>
    public Guard WithoutRole(string why) => this with { WhyNoRole = why };
}

internal static class GuardConvention
{
    /// <summary>Delegated callers need one of the permissions in <c>scp</c>, applications one in <c>roles</c>.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoints, Guard guard)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(guard);

    /// <summary>A request that is no GET and changes nothing.</summary>
    public static TBuilder OnlyReads<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(OnlyReadsMetadata.Instance);

    /// <summary>A request that is no GET, and of which the audit log says nothing.</summary>
    public static TBuilder NotAudited<TBuilder>(this TBuilder endpoints, string why)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(new NotAuditedMetadata(why));
}

internal sealed record NotAuditedMetadata(string Why);

internal sealed class OnlyReadsMetadata
{
    public static readonly OnlyReadsMetadata Instance = new();
}
