using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;

namespace VppManager.Api.Tokens;

/// <summary>
/// A legacy token was renewed with a location's (T11): everything its account had here moves to the location. Pools are the same by the App Store's
/// number and quality, so apps, assignments and licences keep their ids; nobody assigns anything again. The synchronisation that follows
/// brings Apple's counts, and then those who waited are served.
/// </summary>
internal static class LegacyMove
{
    /// <summary>To be called within the transaction of the renewal, with both locations locked.</summary>
    public static async Task ToLocationAsync(VppContext context, Token token, Guid former, Guid location, CancellationToken ct)
    {
        await context.SaveChangesAsync(ct);
        foreach (var statement in Statements) await context.Database.ExecuteSqlRawAsync(statement, [context.Tenant!.Value, former, location], ct);

        token.LocationId = location;
        await context.SaveChangesAsync(ct);
        await context.Database.ExecuteSqlAsync($"""
            delete from locations l where l.tenant_id = {context.Tenant} and l.id = {former}
                and not exists (select from tokens t where t.tenant_id = {context.Tenant} and t.location_id = l.id)
            """, ct);
    }

    /// <summary>{0} tenant, {1} the account's row, {2} the location.</summary>
    private static readonly string[] Statements =
    [
        // Whoever is at work on these pools finishes first.
        "select 1 from pools where tenant_id = {0} and location_id in ({1}, {2}) order by id for update",

        // What the location has already takes over the apps and licences of its double; who holds on both sides holds once.
        $$"""
        update apps a set pool_id = n.id from pools o {{Doubles}} and a.tenant_id = {0} and a.pool_id = o.id
        """,
        $$"""
        delete from licenses l using pools o {{Doubles}} and l.tenant_id = {0} and l.pool_id = o.id and exists (
            select from licenses x where x.tenant_id = {0} and x.pool_id = n.id and x.holder_kind = l.holder_kind and x.holder = l.holder)
        """,
        $$"""
        update licenses l set pool_id = n.id, place = n.arrivals + l.place from pools o {{Doubles}} and l.tenant_id = {0} and l.pool_id = o.id
        """,
        $$"""
        update pools n set
            taken = (select count(*) from licenses l where l.tenant_id = {0} and l.pool_id = n.id and l.state in ('assigning', 'held', 'releasing')),
            arrivals = greatest(n.arrivals, (select coalesce(max(l.place), 0) from licenses l where l.tenant_id = {0} and l.pool_id = n.id))
        from pools o where o.tenant_id = {0} and o.location_id = {1} and n.tenant_id = {0} and n.location_id = {2}
            and n.adam_id = o.adam_id and n.pricing_param = o.pricing_param
        """,
        $$"""
        delete from pools o using pools n where o.tenant_id = {0} and o.location_id = {1} and n.tenant_id = {0} and n.location_id = {2}
            and n.adam_id = o.adam_id and n.pricing_param = o.pricing_param
        """,

        "update pools set location_id = {2} where tenant_id = {0} and location_id = {1}",
        """
        update licenses l set reason = 'noLicensesLeft' from pools p
        where p.tenant_id = {0} and p.location_id = {2} and l.tenant_id = {0} and l.pool_id = p.id and l.state = 'waiting' and l.reason = 'legacyToken'
        """,
        """
        update apple_users u set location_id = {2} where u.tenant_id = {0} and u.location_id = {1} and not exists (
            select from apple_users x where x.tenant_id = {0} and x.location_id = {2}
              and (x.client_user_id = u.client_user_id or (x.user_id = u.user_id and x.account = u.account)))
        """,
        "update apple_requests set location_id = {2} where tenant_id = {0} and location_id = {1}",
        """
        update work set key = {2} where tenant_id = {0} and lane = 'plan' and key = {1}
            and not exists (select from work where tenant_id = {0} and lane = 'plan' and key = {2})
        """,
        "delete from work where tenant_id = {0} and lane = 'plan' and key = {1}",
    ];

    private const string Doubles = """
        join pools n on n.tenant_id = {0} and n.location_id = {2} and n.adam_id = o.adam_id and n.pricing_param = o.pricing_param
        where o.tenant_id = {0} and o.location_id = {1}
        """;
}
