using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Apple;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>Ends a request that creates, changes or retires users: each user is settled by what Apple said and by how Apple has them now.</summary>
internal sealed class AppleAccountRequests(NpgsqlDataSource database, AppleAccountReading reading, InviteCodes codes, TimeProvider time)
{
    /// <param name="failures">Of the event, or of the request when Apple did not take it; none when all was done.</param>
    public async Task SettleAsync(WorkItem item, AppleRequest request, ContentToken token, IReadOnlyList<AppleError> failures, CancellationToken ct)
    {
        var outcomes = request.ClientUserIds.Select(user => AppleUserOutcome.Of(request.Kind, user, failures)).ToList();
        await EndAsync(item, request, outcomes, await SeeAsync(item.Tenant, request, token, outcomes, ct), ct);
    }

    /// <summary>Apple did not take the request: those whom the error names, or all if it names none, are settled by it; the others are planned again.</summary>
    public Task RefuseAsync(WorkItem item, AppleRequest request, AppleError error, CancellationToken ct)
    {
        var named = error.ErrorInfo?.ClientUserIds is { Count: > 0 } some ? some : request.ClientUserIds;
        var outcomes = request.ClientUserIds.Select(user =>
            named.Contains(user) ? AppleUserOutcome.Of(request.Kind, user, [error]) : AppleUserOutcome.NotDone(request.Kind, user));
        return EndAsync(item, request, [.. outcomes], UsersAtApple.None, ct);
    }

    private async Task EndAsync(WorkItem item, AppleRequest request, List<AppleUserOutcome> outcomes, UsersAtApple seen, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("apple", EventId: request.EventId), ct);
        var now = time.GetUtcNow();

        // The location before its pools: in this order a synchronisation locks them, too.
        await transaction.ExecuteAsync(
            Sql.Command("select 1 from locations where tenant_id = $1 and id = $2 for no key update", transaction.Tenant, request.LocationId), ct);
        var pools = await Seats.LockPoolsOfUsersAsync(transaction, request.LocationId, request.ClientUserIds, ct);
        await AppleAccountRows.SeeAsync(transaction, request.LocationId, seen, codes, now, ct);
        await AppleAccountRows.EndAsync(transaction, request, outcomes, now, ct);
        await AppleAccountRows.GiveWayAsync(transaction, request.LocationId, seen, outcomes, now, ct);
        await SettleLicensesAsync(transaction, request, pools, outcomes, now, ct);
        await RequestEnd.SettledAsync(transaction, item, request, now, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task SettleLicensesAsync(
        TenantTransaction transaction, AppleRequest request, Guid[] pools, List<AppleUserOutcome> outcomes, DateTimeOffset now, CancellationToken ct)
    {
        string[] retired = [.. outcomes.Where(one => one.Status is AppleUserStatus.Retired).Select(one => one.ClientUserId)];
        string[] kept = [.. outcomes.Where(one => one.Status is null && one.Reason is not null).Select(one => one.ClientUserId)];
        await Seats.RetiredAsync(transaction, pools, retired, now, ct);
        await Seats.NotRetiredAsync(transaction, kept, request.Id, now, ct);
        await Seats.UnplanAsync(transaction, pools, request.Id, [], ct);
        await Seats.FailUsersAsync(transaction, pools, now, ct);
    }

    /// <summary>Where somebody has the account already, those of our own who had it once are looked up besides: Apple may not have let them go.</summary>
    private async Task<UsersAtApple> SeeAsync(
        Guid tenant, AppleRequest request, ContentToken token, List<AppleUserOutcome> outcomes, CancellationToken ct)
    {
        if (request.Kind is AppleRequestKind.RetireUsers) return UsersAtApple.None;

        string[] refused = [.. outcomes.Where(one => one.Reason == AppleAccountRows.AccountTaken).Select(one => one.ClientUserId)];
        var former = refused.Length == 0 ? [] : await FormerOwnersAsync(tenant, request.LocationId, refused, ct);
        return await reading.ReadAsync(tenant, request.LocationId, token, [.. request.ClientUserIds, .. former], ct);
    }

    private async Task<List<string>> FormerOwnersAsync(Guid tenant, Guid location, string[] refused, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("read"), ct);
        return await transaction.ReadAsync(Sql.Command(AppleAccountRows.FormerOwners, tenant, location, refused), row => row.GetString(0), ct);
    }
}
