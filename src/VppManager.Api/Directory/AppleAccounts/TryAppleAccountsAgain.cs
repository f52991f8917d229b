using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>Lets users whom Apple refused try once more, and what failed because of that.</summary>
internal sealed class TryAppleAccountsAgain(VppContext context, TimeProvider time)
{
    /// <returns>How many try again; none that needs a Managed Apple Account and has none.</returns>
    public async Task<Outcome<int>> ExecuteAsync(Caller caller, Guid user, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        if (!await context.Users.AnyAsync(one => one.Id == user, ct)) return VppError.NotFound("user", user.ToString());

        var reached = await ScopeTagRules.ReachedLocationsAsync(context, ct);
        await context.Database.ExecuteSqlAsync($"""
            update licenses l set wanted = false
            from apple_users au
            where au.tenant_id = {context.Tenant} and au.user_id = {user} and au.status = 'failed' and au.retire_asked_at is null
              and ({reached is null} or au.location_id = any ({reached ?? []}))
              and l.tenant_id = {context.Tenant} and l.user_id = {user} and l.holder = au.client_user_id and l.state = 'failed' and l.reason = au.reason
            """, ct);
        var again = await AgainAsync(context, " au.user_id = {1} and ({3} or au.location_id = any ({4}))", user, reached, time.GetUtcNow(), ct);
        await Marks.MembersAsync(context, [user], caller.Because("tryAgain"), ct);
        await AuditTrail.OfRequest.WriteAsync(context, new AuditNote("Action tryAppleAccountsAgain", "User", user, Tags: await TagsAsync(user, ct)), ct);
        await transaction.CommitAsync(ct);
        return again;
    }

    /// <summary>The holder of this licence, within a transaction of the caller's.</summary>
    public static Task<int> HolderOfAsync(VppContext context, Guid license, DateTimeOffset now, CancellationToken ct) =>
        AgainAsync(context, """
             (au.location_id, au.client_user_id) in (
                select p.location_id, l.holder from licenses l join pools p on p.tenant_id = {0} and p.id = l.pool_id
                where l.tenant_id = {0} and l.id = {1} and l.holder_kind = 'user')
              and ({3} or au.location_id = any ({4}))
            """, license, reached: null, now, ct);

    /// <summary>Those of the tokens by whose locations the user is known to Apple.</summary>
    private async Task<string[]> TagsAsync(Guid user, CancellationToken ct)
    {
        var tags = await context.Tokens
            .Where(token => context.AppleUsers.Any(account => account.UserId == user && account.LocationId == token.LocationId))
            .Select(token => token.RoleScopeTagIds).ToListAsync(ct);
        return [.. tags.SelectMany(own => own).Distinct()];
    }

    /// <param name="whose">A condition of this class's own, never from outside.</param>
    private static Task<int> AgainAsync(VppContext context, string whose, Guid id, Guid[]? reached, DateTimeOffset now, CancellationToken ct)
    {
        var again = Again + whose;
        return context.Database.ExecuteSqlRawAsync(again, [context.Tenant!.Value, id, now.ToUniversalTime(), reached is null, reached ?? []], ct);
    }

    private const string Again = """
        update apple_users au set status = 'new', reason = null, managed_apple_id = null, changed_at = {2}
        where au.tenant_id = {0} and au.status = 'failed' and au.retire_asked_at is null
          and (au.account = 'personal' or exists (
                select from users u where u.tenant_id = {0} and u.id = au.user_id and u.managed_apple_id is not null))
          and
        """;
}
