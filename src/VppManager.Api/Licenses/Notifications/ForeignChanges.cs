using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Licenses;

namespace VppManager.Api.Licenses.Notifications;

/// <summary>What somebody else has given or taken at a location of ours.</summary>
internal static class ForeignChanges
{
    /// <summary>Whether what Apple reports differs from what is known here. What we did ourselves, long ago or twice, does not.</summary>
    public static async Task<bool> DifferAsync(
        TenantTransaction transaction, Guid location, IEnumerable<AssetManagementNotification> notices, CancellationToken ct)
    {
        var rows = (from notice in notices
                    where notice.Result == NotificationResult.Success
                    from row in notice.Assignments
                    select (Row: row, IsGiven: notice.Type == EventType.Associate)).ToList();
        if (rows.Count == 0) return false;

        return await transaction.ReadOneAsync(Sql.Command(Differ, transaction.Tenant, location,
            rows.Select(one => one.Row.AdamId).ToArray(), rows.Select(one => one.Row.PricingParam).ToArray(),
            rows.Select(one => one.Row.SerialNumber is null ? "user" : "device").ToArray(),
            rows.Select(one => one.Row.SerialNumber ?? one.Row.ClientUserId ?? "").ToArray(),
            rows.Select(one => one.IsGiven).ToArray()), row => row.GetBoolean(0), ct);
    }

    private const string Differ = """
        select exists (
            select from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[]) as r (adam_id, pricing_param, holder_kind, holder, given)
            left join pools p on p.tenant_id = $1 and p.location_id = $2 and p.adam_id = r.adam_id and p.pricing_param = r.pricing_param
            left join licenses l on l.tenant_id = $1 and l.pool_id = p.id and l.holder_kind = r.holder_kind and l.holder = r.holder
            where p.id is null
               or (r.given and (l.id is null or l.state not in ('assigning', 'held', 'releasing')))
               or (not r.given and l.state = 'held'))
        """;
}
