using Microsoft.EntityFrameworkCore;
using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>
/// Says what must be looked at again, in the transaction of the change itself. Workers do the looking; PostgreSQL wakes them when the transaction commits.
/// </summary>
internal static class Marks
{
    /// <summary>The channel that wakes the workers of all instances.</summary>
    public const string Channel = "vpp_work";

    /// <summary>The lane that looks at marks.</summary>
    public const string Lane = "settle";

    /// <summary>More members than this are looked at by pool.</summary>
    public const int MostMembers = 1000;

    private const string Wake = $"select pg_notify('{Channel}', '{Lane}')";

    /// <summary>Everybody who is or may be entitled to these pools.</summary>
    public static Task PoolsAsync(VppContext context, IReadOnlyCollection<Guid> pools, Cause cause, CancellationToken ct) =>
        AddAsync(context, "insert into marks (tenant_id, pool_id, cause, actor) select {0}, k, {2}, {3} from unnest({1}) k order by k", pools, cause, ct);

    /// <summary>These users and devices only, in all pools that concern them.</summary>
    public static Task MembersAsync(VppContext context, IReadOnlyCollection<Guid> members, Cause cause, CancellationToken ct) =>
        AddAsync(context, "insert into marks (tenant_id, member_id, cause, actor) select {0}, k, {2}, {3} from unnest({1}) with ordinality as m (k, n) order by n",
            members, cause, ct);

    /// <summary>The same, for a raw transaction.</summary>
    public static NpgsqlBatchCommand Members(Guid tenant, Guid[] members, Cause cause) => Sql.Command($"""
        with added as (
            insert into marks (tenant_id, member_id, cause, actor) select $1, k, $3, $4::text from unnest($2) with ordinality as m (k, n) order by n)
        {Wake}
        """, tenant, members, cause.Name, cause.Actor);

    /// <summary>All pools whose apps are assigned to these groups, or to groups that contain them, or to all users or all devices.</summary>
    public static Task GroupsAsync(VppContext context, IReadOnlyCollection<Guid> groups, Cause cause, CancellationToken ct) => AddAsync(context, """
        with recursive up (group_id) as (
            select k from unnest({1}) k
            union
            select gm.group_id from up join group_members gm on gm.tenant_id = {0} and gm.member_id = up.group_id and gm.member_kind = 'group')
        insert into marks (tenant_id, pool_id, cause, actor)
        select distinct {0}::uuid, a.pool_id, {2}, {3}
        from (select app_id, group_id, target from assignments where tenant_id = {0}
              union all select app_id, group_id, target from former_assignments where tenant_id = {0}) s
        join apps a on a.tenant_id = {0} and a.id = s.app_id
        where s.group_id in (select group_id from up) or s.target in ('allUsers', 'allDevices')
        """, groups, cause, ct);

    private static async Task AddAsync(VppContext context, string insert, IReadOnlyCollection<Guid> keys, Cause cause, CancellationToken ct)
    {
        if (keys.Count == 0) return;
        await context.Database.ExecuteSqlRawAsync(insert, [context.Tenant!.Value, keys.ToArray(), cause.Name, cause.Actor ?? (object)DBNull.Value], ct);
        await context.Database.ExecuteSqlRawAsync(Wake, ct);
    }
}
