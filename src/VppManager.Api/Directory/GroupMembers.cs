using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>Adding to groups, from within a transaction.</summary>
internal static class GroupMembers
{
    /// <summary>What an id in the directory stands for. A device has three of them.</summary>
    internal sealed record Found(Guid Key, Guid Id, string Kind);

    /// <summary>Graph's own limit for members bound in one request.</summary>
    private const int MostAtOnce = 20;

    private const string Find = """
        select m.key, f.id, f.kind
        from unnest({1}) with ordinality m (key, n)
        cross join lateral (
            select id, 'user' as kind, 1 as rank from users where tenant_id = {0} and id = m.key
            union all select id, 'group', 2 from groups where tenant_id = {0} and id = m.key
            union all select id, 'device', 3 from devices where tenant_id = {0} and directory_object_id = m.key
            union all select id, 'device', 4 from devices where tenant_id = {0} and azure_ad_device_id = m.key
            union all select id, 'device', 5 from devices where tenant_id = {0} and id = m.key
            order by rank limit 1) f
        order by m.n
        """;

    private const string Insert = """
        insert into group_members (tenant_id, group_id, member_id, member_kind)
        select {0}, {1}, m.id, m.kind from unnest({2}, {3}) with ordinality m (id, kind, n) order by m.n
        on conflict do nothing
        """;

    private const string Cycle = """
        with recursive down (root, group_id) as (
            select gm.group_id, gm.member_id from group_members gm
            where gm.tenant_id = {0} and gm.group_id = any ({1}) and gm.member_kind = 'group'
            union
            select down.root, gm.member_id
            from down join group_members gm on gm.tenant_id = {0} and gm.group_id = down.group_id and gm.member_kind = 'group')
        select exists (select from down where group_id = root) as "Value"
        """;

    public static VppError? TooMany(IReadOnlyList<Guid> members) =>
        members.Count > MostAtOnce ? VppError.InvalidValue("members@odata.bind", $"at most {MostAtOnce} members can be added in one request.") : null;

    public static Task<List<Found>> FindAsync(VppContext context, IReadOnlyCollection<Guid> keys, CancellationToken ct) =>
        context.Database.SqlQueryRaw<Found>(Find, context.Tenant!.Value, keys.ToArray()).ToListAsync(ct);

    /// <summary>Adds members in the order given, and marks what follows from it. The transaction began with <see cref="KeepAsync"/>.</summary>
    /// <returns>Why not, or null.</returns>
    public static async Task<VppError?> AddAsync(VppContext context, Guid group, IReadOnlyList<Guid> keys, Cause cause, CancellationToken ct)
    {
        if (keys.Count == 0) return null;

        var found = await FindAsync(context, keys, ct);
        if (found.Count < keys.Count)
            return VppError.NotFound("directory object", keys.Except(found.Select(member => member.Key)).First().ToString());


        object[] values = [context.Tenant!.Value, group, found.Select(member => member.Id).ToArray(), found.Select(member => member.Kind).ToArray()];
        if (await context.Database.ExecuteSqlRawAsync(Insert, values, ct) < keys.Count) return VppError.MemberExists;

        if (found.Exists(member => member.Kind == "group") && await HasCycleAsync(context, [group], ct)) return VppError.GroupCycle;

        await MarkAsync(context, group, found, cause, ct);
        return null;
    }

    /// <summary>Who joined or left a group; a whole group, or many at once, are looked at by pool.</summary>
    public static Task MarkAsync(VppContext context, Guid group, List<Found> members, Cause cause, CancellationToken ct) =>
        members.Count > Marks.MostMembers || members.Exists(member => member.Kind == "group")
            ? Marks.GroupsAsync(context, [group], cause, ct)
            : Marks.MembersAsync(context, members.ConvertAll(member => member.Id), cause, ct);

    /// <summary>Whether one of the groups contains itself by now. Nobody else nests groups meanwhile (<see cref="DirectoryRows.KeepAloneAsync"/>).</summary>
    public static async Task<bool> HasCycleAsync(VppContext context, IReadOnlyCollection<Guid> groups, CancellationToken ct) =>
        (await context.Database.SqlQueryRaw<bool>(Cycle, context.Tenant!.Value, groups.ToArray()).ToListAsync(ct))[0];

    /// <summary>The lock that adding these needs; taken before any row.</summary>
    public static async Task KeepAsync(VppContext context, IReadOnlyList<Guid> keys, CancellationToken ct)
    {
        if (await context.Groups.AnyAsync(group => keys.Contains(group.Id), ct)) await context.KeepAloneAsync(ct);
        else await context.KeepAllAsync(ct);
    }
}
