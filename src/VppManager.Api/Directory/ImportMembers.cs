using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>Merges the staged memberships, in the order in which they came.</summary>
internal sealed class ImportMembers(ImportSql sql)
{
    public async Task<VppError?> FindAsync(CancellationToken ct)
    {
        foreach (var find in Finds) await sql.ExecuteAsync(find, ct);

        if (await sql.FirstAsync(NoGroup, ct) is { } group) return Fault(group, "group", $"no group, or more than one, is known by '{group.Name}'.");
        if (await sql.FirstAsync(NoMember, ct) is { } member) return Fault(member, "member", $"no member, or more than one, is known by '{member.Name}'.");

        return null;
    }

    public async Task<MemberCount> MergeAsync(bool replaceAll, CancellationToken ct)
    {
        await sql.ExecuteAsync("analyze import_members", ct);
        var removed = await sql.ExecuteAsync(Remove(replaceAll), ct);
        var added = await sql.ExecuteAsync(Add, ct);
        return new MemberCount(added, removed);
    }

    /// <summary>Groups that got a group within: only they can have become part of a cycle.</summary>
    public Task<List<Guid>> NestedAsync(CancellationToken ct) =>
        sql.IdsAsync("select distinct group_id from import_members where kind = 'group'", ct);

    private static VppError Fault(ImportSql.Row row, string property, string message) =>
        VppError.InvalidValue($"{ImportSections.Memberships}[{row.Number}].{property}", message);

    private static readonly string[] Finds =
    [
        "update import_members s set group_id = g.id from groups g where g.tenant_id = $1 and g.id = s.group_key",
        $"update import_members s set group_id = g.id from ({Named}) g where s.group_id is null and g.display_name = s.group_name",
        "update import_members s set member_id = u.id from users u where s.kind = 'user' and u.tenant_id = $1 and u.id = s.member_key",
        """
        update import_members s set member_id = u.id from users u
        where s.kind = 'user' and s.member_id is null and u.tenant_id = $1 and lower(u.user_principal_name) = lower(s.member_name)
        """,
        "update import_members s set member_id = d.id from devices d where s.kind = 'device' and d.tenant_id = $1 and d.serial_number = s.member_name",
        "update import_members s set member_id = d.id from devices d where s.kind = 'device' and d.tenant_id = $1 and d.directory_object_id = s.member_key",
        "update import_members s set member_id = d.id from devices d where s.kind = 'device' and d.tenant_id = $1 and d.azure_ad_device_id = s.member_key",
        "update import_members s set member_id = d.id from devices d where s.kind = 'device' and d.tenant_id = $1 and d.id = s.member_key",
        "update import_members s set member_id = g.id from groups g where s.kind = 'group' and g.tenant_id = $1 and g.id = s.member_key",
        $"update import_members s set member_id = g.id from ({Named}) g where s.kind = 'group' and s.member_id is null and g.display_name = s.member_name",
    ];

    private const string Named =
        "select display_name, (array_agg(id))[1] as id from groups where tenant_id = $1 group by display_name having count(*) = 1";

    private const string NoGroup = "select n, group_name from import_members where group_id is null order by n limit 1";
    private const string NoMember = "select n, member_name from import_members where member_id is null order by n limit 1";

    private static string Remove(bool replaceAll) => $"""
        with gone as (
            delete from group_members gm using import_objects g
            where g.section = 'groups' and {(replaceAll ? "true" : "g.replace_members")} and gm.tenant_id = $1 and gm.group_id = g.id
              and not exists (select from import_members s where s.group_id = gm.group_id and s.member_id = gm.member_id)
            returning gm.group_id, gm.member_id, gm.member_kind)
        insert into import_touched (id, group_id) select case when member_kind <> 'group' then member_id end, group_id from gone
        """;

    private const string Add = """
        with added as (
            insert into group_members (tenant_id, group_id, member_id, member_kind)
            select $1, s.group_id, s.member_id, s.kind from (
                select group_id, member_id, kind, min(n) as n from import_members group by group_id, member_id, kind) s
            order by s.n
            on conflict do nothing
            returning group_id, member_id, member_kind)
        insert into import_touched (id, group_id) select case when member_kind <> 'group' then member_id end, group_id from added
        """;
}
