using VppManager.Api.Data;
using VppManager.Api.Licenses;

namespace VppManager.Api.Directory;

/// <summary>Marks what an import has changed: the members one by one when they are few, else the pools they are entitled to.</summary>
internal sealed class ImportMarks(ImportSql sql, VppContext context)
{
    private static readonly string Members = $"""
        select id from import_touched where id is not null group by id order by min(n) limit {Marks.MostMembers + 1}
        """;

    private const string Nested = "select group_id from import_touched where id is null limit 1";

    private const string Pools = """
        with recursive up (group_id) as (
            select b.group_id from (
                select group_id from import_touched where group_id is not null
                union
                select gm.group_id from import_touched t join group_members gm on gm.tenant_id = $1 and gm.member_id = t.id) b
            union
            select gm.group_id from up join group_members gm on gm.tenant_id = $1 and gm.member_id = up.group_id and gm.member_kind = 'group')
        select distinct a.pool_id
        from (select app_id, group_id, target from assignments where tenant_id = $1
              union all select app_id, group_id, target from former_assignments where tenant_id = $1) s
        join apps a on a.tenant_id = $1 and a.id = s.app_id
        where s.target in ('allUsers', 'allDevices') or s.group_id in (select group_id from up)
        """;

    public async Task WriteAsync(Cause cause, CancellationToken ct)
    {
        var members = await sql.IdsAsync(Members, ct);
        var nested = await sql.IdsAsync(Nested, ct);
        if (members.Count <= Marks.MostMembers && nested.Count == 0) await Marks.MembersAsync(context, members, cause, ct);
        else await Marks.PoolsAsync(context, await sql.IdsAsync(Pools, ct), cause, ct);
    }
}
