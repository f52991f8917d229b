using Microsoft.AspNetCore.Authorization;

namespace VppManager.Api.Access;

/// <summary>An endpoint's demand: the caller has at least one of these permissions.</summary>
internal sealed class PermissionRequirement(IReadOnlyList<string> anyOf) : IAuthorizationRequirement, IAuthorizationRequirementData
{
    public IReadOnlyList<string> AnyOf => anyOf;

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}

internal static class RequirePermissionConvention
{
    /// <summary>Delegated callers need one of these in <c>scp</c>, applications one in <c>roles</c>.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoints, params string[] anyOf)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(new PermissionRequirement(anyOf));
}

internal sealed class PermissionCheck : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (Caller.From(context.User) is not { } caller) return Task.CompletedTask;

        if (requirement.AnyOf.Any(caller.Permissions.Contains)) context.Succeed(requirement);
        else context.Fail(new AuthorizationFailureReason(this, Missing(caller, requirement)));

        return Task.CompletedTask;
    }

    private static string Missing(Caller caller, PermissionRequirement requirement)
    {
        var claim = caller.IsApplication ? ClaimNames.Roles : ClaimNames.Scopes;
        var needed = requirement.AnyOf.Count == 1 ? "The permission" : "One of the permissions";
        return $"{needed} {string.Join(", ", requirement.AnyOf)} is needed in the token's '{claim}'.";
    }
}
