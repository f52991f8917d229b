using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Data.Mappings;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

internal sealed class PatchUser(VppContext context, TimeProvider time)
{
    public async Task<Outcome<DirectoryUser>> ExecuteAsync(Caller caller, Guid id, UserValues values, CancellationToken ct)
    {
        if (values.Fault() is { } fault) return fault;

        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        if (await context.LockUserAsync(id, ct) is not { } user) return VppError.NotFound("user", id.ToString());

        var before = Entitling(user);
        values.ApplyTo(user);
        if (!await context.TrySaveAsync(UserMapping.OneUserPerName, ct)) return VppError.AlreadyExists("user", user.UserPrincipalName);

        if (Entitling(user) != before) await Marks.MembersAsync(context, [id], caller.Because("userChanged"), ct);
        if (user.ManagedAppleId != before.ManagedAppleId) await AppleAccountPlans.AskAsync(context, id, time.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return user;
    }

    /// <summary>What of a user decides about licences (L3, L18).</summary>
    private static (bool AccountEnabled, string? ManagedAppleId) Entitling(DirectoryUser user) => (user.AccountEnabled, user.ManagedAppleId);
}
