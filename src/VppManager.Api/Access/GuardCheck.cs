using Microsoft.AspNetCore.Authorization;

namespace VppManager.Api.Access;

/// <summary>Holds a caller against a <see cref="Guard"/>: the tenant may work, the token has the permission, the roles allow the action.</summary>
internal sealed class GuardCheck(TenantStandings standings) : AuthorizationHandler<Guard>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, Guard requirement)
    {
        if (context.Resource is not HttpContext http || http.CallerOrNull() is not { } caller) return;

        var standing = await standings.OfAsync(caller.TenantId, http.RequestAborted);
        if (standing.IsSuspended) Refuse(context, Refusal.Suspended);
        else if (!requirement.Permissions.Any(caller.Permissions.Contains)) Refuse(context, Refusal.Permission(caller, requirement));
        else if (requirement.Actions.Count == 0) context.Succeed(requirement);
        else if (standing.Allow(caller, requirement.Actions) is not { } allowed) Refuse(context, Refusal.Action([.. requirement.Actions]));
        else
        {
            http.Narrow(allowed);
            context.Succeed(requirement);
        }
    }

    private void Refuse(AuthorizationHandlerContext context, Refusal refusal) => context.Fail(new Refused(this, refusal));
}

/// <summary>Why a caller who is known may not do something.</summary>
internal sealed record Refusal(string Code, string Message)
{
    public const string Forbidden = "Forbidden";

    public static readonly Refusal Suspended =
        new("TenantSuspended", "The tenant is suspended. The operator of the service can resume it.");

    public static Refusal Permission(Caller caller, Guard guard)
    {
        var claim = caller.IsApplication ? ClaimNames.Roles : ClaimNames.Scopes;
        var needed = guard.Permissions.Count == 1 ? "The permission" : "One of the permissions";
        return new Refusal(Forbidden, $"{needed} {string.Join(", ", guard.Permissions)} is needed in the token's '{claim}'.");
    }

    public static Refusal Action(params string[] actions)
    {
        var needed = actions.Length == 1 ? "the resource action" : "one of the resource actions";
        return new Refusal(Forbidden, $"A role that allows {needed} {string.Join(", ", actions)} is needed.");
    }
}

internal sealed class Refused(IAuthorizationHandler handler, Refusal refusal) : AuthorizationFailureReason(handler, refusal.Message)
{
    public Refusal Refusal => refusal;
}
