using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Apps;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;
using VppManager.Core.Assignments;

namespace VppManager.Api.Assignments;

/// <summary>One assignment as the client wants it.</summary>
/// <param name="Settings">The client's settings object, kept as JSON.</param>
internal sealed record AssignmentRequest(WantedAssignment Wanted, string? Settings = null, string? FilterId = null, string FilterType = "none")
{
    public static AssignmentRequest Of(Assignment present) => new(
        new WantedAssignment(present.Target, present.GroupId, present.Excluded, present.Intent, present.LicenseType),
        present.Settings, present.FilterId, present.FilterType);
}

/// <summary>
/// Replaces all assignments of an app. Those that stay keep their id and their age, so that a holder whose licence was revoked does not get it
/// again just because the same set was sent once more (L21).
/// </summary>
internal sealed partial class AssignApp(VppContext context, KioskWarnings kiosks, TimeProvider time, ILogger<AssignApp> logger)
{
    public async Task<Outcome<Done>> ExecuteAsync(
        Guid tenant, string actor, Guid appId, Func<IReadOnlyList<Assignment>, Outcome<IReadOnlyList<AssignmentRequest>>> change, CancellationToken ct)
    {
        context.Tenant = tenant;
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        if (await ChangeAsync(actor, appId, change, ct) is { } refusal) return refusal;

        await transaction.CommitAsync(ct);
        foreach (var warning in await kiosks.ReadAsync(tenant, appId, ct)) Log.Warned(logger, appId, warning.Message);
        return new Done();
    }

    /// <summary>The change itself, from within a transaction.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<VppError?> ChangeAsync(
        string actor, Guid appId, Func<IReadOnlyList<Assignment>, Outcome<IReadOnlyList<AssignmentRequest>>> change, CancellationToken ct)
    {
        if (await LockAppAsync(appId, ct) is not { } app) return VppError.NotFound("app", appId.ToString());

        var present = await context.Assignments.Where(one => one.AppId == appId).OrderBy(one => one.Seq).ToListAsync(ct);
        var wanted = change(present);
        if (!wanted.IsOk) return wanted.Error;
        if (await RefusalAsync(app, wanted.Value, ct) is { } refusal) return refusal;

        var removed = Replace(appId, present, wanted.Value);
        await context.SaveChangesAsync(ct);
        await FormerAssignments.RememberAsync(context, appId, removed, wanted.Value, time.GetUtcNow(), ct);
        await Marks.PoolsAsync(context, [app.PoolId], new Cause("assignment", actor), ct);
        return null;
    }

    public Task<Outcome<Done>> ExecuteAsync(
        Guid tenant, string actor, Guid appId, IReadOnlyList<AssignmentRequest> wanted, CancellationToken ct) =>
        ExecuteAsync(tenant, actor, appId, _ => Outcome.Of(wanted), ct);

    /// <summary>Two administrators who assign the same app take turns.</summary>
    private async Task<App?> LockAppAsync(Guid appId, CancellationToken ct) =>
        await context.Apps.FromSql($"select * from apps where id = {appId} for update").AsNoTracking().SingleOrDefaultAsync(ct);

    private async Task<VppError?> RefusalAsync(App app, IReadOnlyList<AssignmentRequest> wanted, CancellationToken ct)
    {
        Guid[] groups = [.. wanted.Select(one => one.Wanted.GroupId).OfType<Guid>().Distinct()];
        var known = await context.Groups.Where(group => groups.Contains(group.Id)).Select(group => group.Id).ToListAsync(ct);
        if (groups.Except(known).Select(id => (Guid?)id).FirstOrDefault() is { } unknown) return VppError.NotFound("group", unknown.ToString());

        var deviceAssignable = await context.Pools.Where(pool => pool.Id == app.PoolId).Select(pool => pool.DeviceAssignable).SingleAsync(ct);
        var withDevices = await context.Database.SqlQueryRaw<Guid>(GroupsWithDevices, context.Tenant!.Value, groups).ToListAsync(ct);
        return AssignmentRules.Check(new AssignableApp(app.Kind, deviceAssignable), [.. wanted.Select(one => one.Wanted)], withDevices.ToHashSet());
    }

    /// <returns>Those that are gone.</returns>
    private List<Assignment> Replace(Guid appId, List<Assignment> present, IReadOnlyList<AssignmentRequest> wanted)
    {
        var now = time.GetUtcNow();
        foreach (var one in wanted)
        {
            var stays = present.Find(old => IsSame(old, one.Wanted));
            if (stays is null) context.Assignments.Add(stays = New(appId, one.Wanted, now));
            else present.Remove(stays);

            Apply(one, stays, now);
        }

        context.Assignments.RemoveRange(present);
        return present;
    }

    private void Apply(AssignmentRequest wanted, Assignment to, DateTimeOffset now)
    {
        to.LicenseType = wanted.Wanted.LicenseType;
        if (!IsSameJson(to.Settings, wanted.Settings)) to.Settings = wanted.Settings;
        to.FilterId = wanted.FilterId;
        to.FilterType = wanted.FilterType;
        if (context.Entry(to).State is not EntityState.Unchanged) to.ModifiedAt = now;
    }

    /// <summary>PostgreSQL keeps JSON in a form of its own.</summary>
    private static bool IsSameJson(string? one, string? other) =>
        one == other || (one is not null && other is not null && JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other)));

    private static bool IsSame(Assignment old, WantedAssignment wanted) =>
        old.Target == wanted.Target && old.GroupId == wanted.GroupId && old.Excluded == wanted.Excluded && old.Intent == wanted.Intent;

    private static Assignment New(Guid appId, WantedAssignment wanted, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AppId = appId,
        Target = wanted.Target,
        GroupId = wanted.GroupId,
        Excluded = wanted.Excluded,
        Intent = wanted.Intent,
        CreatedAt = now,
        ModifiedAt = now,
    };

    private const string GroupsWithDevices = """
        with recursive tree (root, group_id) as (
            select k, k from unnest({1}) k
            union
            select t.root, gm.member_id from tree t
            join group_members gm on gm.tenant_id = {0} and gm.group_id = t.group_id and gm.member_kind = 'group')
        select distinct t.root as "Value" from tree t
        where exists (select from group_members gm where gm.tenant_id = {0} and gm.group_id = t.group_id and gm.member_kind = 'device')
        """;

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Assigning the app {App}: {Warning}")]
        public static partial void Warned(ILogger logger, Guid app, string warning);
    }
}
