using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>Which Apple users of a directory user; without a location or an account, all of them.</summary>
/// <param name="Reached">At these locations alone: those that somebody bound to scope tags reaches.</param>
internal sealed record AppleAccountScope(Guid? LocationId = null, AppleAccount? Account = null, Guid[]? Reached = null);

/// <summary>
/// Gives users up at Apple. What can be taken back from them is free as soon as Apple confirms; books stay with them. Whoever is entitled still is
/// registered anew under another client user id, and invited anew.
/// </summary>
internal sealed class RetireAppleAccounts(VppContext context, TimeProvider time)
{
    /// <returns>How many are being retired.</returns>
    public async Task<Outcome<int>> ExecuteAsync(Caller caller, Guid user, AppleAccountScope scope, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        var reached = scope with { Reached = await ScopeTagRules.ReachedLocationsAsync(context, ct) };
        var retired = await AskAsync(context, user, reached, time.GetUtcNow(), ct);
        if (retired == 0 && !await context.Users.AnyAsync(one => one.Id == user, ct)) return VppError.NotFound("user", user.ToString());
        if (retired == 0) return VppError.NotFound("Apple account of the user", user.ToString());

        await Marks.MembersAsync(context, [user], caller.Because("userRetired"), ct);
        await transaction.CommitAsync(ct);
        return retired;
    }

    /// <summary>The same within a transaction of the caller's, who says what must be looked at again.</summary>
    public static async Task<int> AskAsync(VppContext context, Guid user, AppleAccountScope scope, DateTimeOffset now, CancellationToken ct)
    {
        await Seats.KeepAtLocationsOfAsync(TenantTransaction.Within(context), user, ct);
        var asked = await context.AppleUsers
            .Where(one => one.UserId == user && one.Status != AppleUserStatus.Retired
                && (scope.LocationId == null || one.LocationId == scope.LocationId) && (scope.Account == null || one.Account == scope.Account)
                && (scope.Reached == null || scope.Reached.Contains(one.LocationId)))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.RetireAskedAt, now).SetProperty(one => one.Reason, (string?)null), ct);
        if (asked > 0)
            await AppleAccountPlans.AskAsync(context, user, now, ct);
        return asked;
    }
}
