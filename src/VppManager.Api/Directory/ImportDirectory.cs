using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

internal sealed record ImportCount(int Added, int Changed);

internal sealed record MemberCount(int Added, int Removed);

/// <summary>What an import has changed.</summary>
internal sealed record ImportCounts(ImportCount Users, ImportCount Devices, ImportCount Groups, MemberCount Members)
{
    internal IReadOnlyDictionary<string, int> Numbers => new Dictionary<string, int>
    {
        ["usersAdded"] = Users.Added,
        ["usersChanged"] = Users.Changed,
        ["devicesAdded"] = Devices.Added,
        ["devicesChanged"] = Devices.Changed,
        ["groupsAdded"] = Groups.Added,
        ["groupsChanged"] = Groups.Changed,
        ["membersAdded"] = Members.Added,
        ["membersRemoved"] = Members.Removed,
    };
}

/// <summary>
/// Brings a directory in, all of it or nothing: rows stream into temporary tables, and few statements merge them. The same again changes nothing.
/// </summary>
internal sealed class ImportDirectory(VppContext context, TimeProvider time)
{
    public async Task<Outcome<ImportCounts>> ExecuteAsync(Caller caller, IAsyncEnumerable<IImportRow> rows, CancellationToken ct)
    {
        var trail = AuditTrail.OfRequest;
        await using var transaction = await BeginAsync(caller.TenantId, ct);
        var connection = (NpgsqlConnection)context.Database.GetDbConnection();
        await using var staging = new ImportStaging(connection);
        if (await staging.FillAsync(rows, ct) is { } fault) return fault;

        await context.KeepAloneAsync(ct);
        var sql = new ImportSql(connection, caller.TenantId, time.GetUtcNow());
        var outcome = await MergeAsync(sql, staging.ReplaceMembers, ct);
        if (!outcome.IsOk) return outcome;

        await Seats.LinkAsync(TenantTransaction.Within(context), [.. await sql.IdsAsync(ImportSections.NewDevices, ct)], ct);
        await new ImportMarks(sql, context).WriteAsync(caller.Because("directoryImport"), ct);
        await trail.WriteAsync(context, new AuditNote("Action importDirectory", "Directory", null, AuditChange.Counts(outcome.Value.Numbers)), ct);
        if (outcome.Value.Users.Changed > 0) await AppleAccountPlans.AskAsync(context, time.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return outcome;
    }

    // One event for the audit log, not one for each kind of row.
    private Task<IDbContextTransaction> BeginAsync(Guid tenant, CancellationToken ct)
    {
        using var silent = RequestOrigin.Suspend();
        return context.BeginAsync(tenant, ct);
    }

    private async Task<Outcome<ImportCounts>> MergeAsync(ImportSql sql, bool replaceAll, CancellationToken ct)
    {
        // Each step needs what the one before has added: devices their users, memberships everything.
        var users = await MergeAsync(new ImportObjects(sql, ImportSections.Users), ct);
        if (users.Error is { } wrongUser) return wrongUser;
        if (await new ImportOwners(sql).FindAsync(ct) is { } wrongOwner) return wrongOwner;

        var devices = await MergeAsync(new ImportObjects(sql, ImportSections.Devices), ct);
        if (devices.Error is { } wrongDevice) return wrongDevice;

        var groups = await MergeAsync(new ImportObjects(sql, ImportSections.Groups), ct);
        if (groups.Error is { } wrongGroup) return wrongGroup;

        var members = new ImportMembers(sql);
        if (await members.FindAsync(ct) is { } wrongMember) return wrongMember;

        var joined = await members.MergeAsync(replaceAll, ct);
        if (await GroupMembers.HasCycleAsync(context, await members.NestedAsync(ct), ct)) return VppError.GroupCycle;

        return new ImportCounts(users.Value!, devices.Value!, groups.Value!, joined);
    }

    private static async Task<Outcome<ImportCount>> MergeAsync(ImportObjects objects, CancellationToken ct) =>
        await objects.FindAsync(ct) is { } fault ? fault : await objects.MergeAsync(ct);
}
