using VppManager.Api.Data;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses.Previews;

/// <summary>
/// Lets a change take its whole course within one transaction: settled and planned as it always is, and every request answered as if Apple had carried
/// it out, until nothing is left to do.
/// </summary>
/// <param name="earlier">Requests that were planned in the same transaction before, and are none of this course.</param>
internal sealed class PreviewCourse(TenantTransaction transaction, RequestPlanning planning, ServiceLimits limits, DateTimeOffset now, IReadOnlyCollection<Guid> earlier)
{
    /// <summary>Moving users' licences to their devices may take one round for each seat that is free.</summary>
    private const int MostRounds = 200;

    private readonly HashSet<Guid> pools = [];
    private readonly Dictionary<Guid, AppleRequest> requests = [];

    public IReadOnlyCollection<Guid> Pools => pools;

    /// <summary>All requests that were planned, those of <paramref name="earlier"/> courses as well.</summary>
    public IReadOnlyCollection<Guid> Planned => [.. earlier, .. requests.Keys];

    /// <param name="reached">Only requests for one of these pools, or for users at one of their locations; null: all there are.</param>
    public async Task<PreviewRequests> RequestsAsync(Guid[]? reached, CancellationToken ct)
    {
        var locations = reached is null ? [] : await LocationsAsync(reached, ct);
        var kinds = requests.Values
            .Where(one => reached is null || (one.Kind.IsOfUsers() ? locations.Contains(one.LocationId) : one.PoolIds.Intersect(reached).Any()))
            .Select(one => one.Kind).ToList();
        return new PreviewRequests(
            kinds.Count, kinds.Count(kind => kind is AppleRequestKind.Associate), kinds.Count(kind => kind is AppleRequestKind.Disassociate), kinds.Count(kind => kind.IsOfUsers()));
    }

    /// <param name="touched">Pools whose licences the change has altered itself.</param>
    /// <returns>Whether it came to an end.</returns>
    public async Task<bool> RunAsync(IEnumerable<Guid> touched, CancellationToken ct)
    {
        pools.UnionWith(touched);
        for (var round = 0; round < MostRounds; round++)
        {
            while (await Settling.SettleMarksAsync(transaction, now, ct) is { } settled) pools.UnionWith(settled);
            var planned = await PlanAsync(ct);
            if (planned.Count == 0) return true;
            foreach (var request in planned) await CarryOutAsync(request, ct);
        }

        return false;
    }

    private async Task<List<AppleRequest>> PlanAsync(CancellationToken ct)
    {
        var locations = await LocationsAsync([.. pools], ct);
        var planned = new List<AppleRequest>();
        foreach (var location in locations)
        {
            await planning.PlanAsync(transaction, location, limits, now, ct);
            planned.AddRange(await transaction.ReadAsync(Sql.Command(OfThisTransaction, transaction.Tenant, location, earlier.Concat(requests.Keys).ToArray()), Read, ct));
        }

        foreach (var one in planned) requests.Add(one.Id, one);
        return planned;
    }

    private Task<List<Guid>> LocationsAsync(Guid[] of, CancellationToken ct) => transaction.ReadAsync(
        Sql.Command("select distinct location_id from pools where tenant_id = $1 and id = any ($2) order by 1", transaction.Tenant, of), row => row.GetGuid(0), ct);

    private async Task CarryOutAsync(AppleRequest request, CancellationToken ct)
    {
        if (!request.Kind.IsOfUsers())
        {
            await Seats.ConfirmAsync(transaction, request.PoolIds, request.Id, now, ct);
            return;
        }

        var outcomes = request.ClientUserIds.Select(user => AppleUserOutcome.Of(request.Kind, user, [])).ToList();
        var theirs = await Seats.LockPoolsOfUsersAsync(transaction, request.LocationId, request.ClientUserIds, ct);
        await AppleAccountRows.EndAsync(transaction, request, outcomes, now, ct);
        if (request.Kind is AppleRequestKind.RetireUsers) await Seats.RetiredAsync(transaction, theirs, request.ClientUserIds, now, ct);
        await Seats.UnplanAsync(transaction, theirs, request.Id, [], ct);
    }

    private static AppleRequest Read(System.Data.Common.DbDataReader row) => new()
    {
        Id = row.GetGuid(0),
        LocationId = row.GetGuid(1),
        Kind = Enum.Parse<AppleRequestKind>(row.GetString(2), true),
        PoolIds = row.GetFieldValue<Guid[]>(3),
        ClientUserIds = row.GetFieldValue<string[]>(4),
    };

    private const string OfThisTransaction = """
        select id, location_id, kind, pool_ids, client_user_ids from apple_requests
        where tenant_id = $1 and location_id = $2 and state = 'queued' and not id = any ($3) and xmin = pg_current_xact_id()::xid
        order by created_at, id
        """;
}
