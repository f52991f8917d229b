using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Directory.CheckIns;

namespace VppManager.Api.Directory.Mdm;

/// <summary>A command that waits to be handed to NanoMDM.</summary>
internal sealed record WaitingCommand(Guid Id, string Body);

/// <summary>A command that a device has answered.</summary>
/// <param name="Version">Of the app that is on the device.</param>
internal sealed record AnsweredCommand(Guid DeviceId, MdmCommandKind Kind, string? AdamId, string? Version, bool IsOfBook);

/// <summary>The commands on their way to devices, in PostgreSQL: whatever instance hears of a device can go on.</summary>
internal sealed class MdmCommands(NpgsqlDataSource database, IDataProtectionProvider protection, TimeProvider time)
{
    private readonly IDataProtector protector = protection.CreateProtector("VppManager.MdmCommands");

    /// <summary>Writes down what a device was told, unless it is on its way already or was answered only just now.</summary>
    public async Task AddAsync(Guid tenant, Guid device, IReadOnlyList<DeviceAction> actions, TimeSpan again, TimeSpan inviteAgain, CancellationToken ct)
    {
        if (actions.Count == 0) return;

        var (now, ids) = (time.GetUtcNow(), actions.Select(_ => Guid.CreateVersion7()).ToArray());
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("mdm"), ct);
        await transaction.ExecuteAsync(Sql.Command(
            Add, tenant, device, now, ids, actions.Select(one => one.AppId).ToArray(), actions.Select(one => (Guid?)one.Id).ToArray(),
            actions.Select(one => EnumText.Of(one.Kind)).ToArray<string?>(), actions.Select((one, n) => protector.Protect(AppleCommand.For(ids[n], one))).ToArray<string?>(), now - again, now - inviteAgain), ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>What waits for a device; a question for its apps when nothing is on its way. Null when it cannot be reached through NanoMDM.</summary>
    public async Task<(string EnrollmentId, List<WaitingCommand> Commands)?> NextAsync(Guid tenant, Guid device, TimeSpan lostAfter, CancellationToken ct)
    {
        var question = Guid.CreateVersion7();
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("mdm"), ct);
        var enrollment = await transaction.ReadOneAsync(Sql.Command(Enrollment, tenant, device), row => row.GetString(0), ct);
        if (enrollment is null) return null;

        var now = time.GetUtcNow();
        await transaction.ExecuteAsync(Sql.Command(Forget, tenant, device, now - lostAfter), ct);
        await transaction.ExecuteAsync(Sql.Command(Ask, tenant, device, question, protector.Protect(AppleCommand.InstalledApps(question)), now), ct);
        var waiting = await transaction.ReadAsync(Sql.Command(Waiting, tenant, device), row => new WaitingCommand(row.GetGuid(0), protector.Unprotect(row.GetString(1))), ct);
        await transaction.CommitAsync(ct);
        return (enrollment, waiting);
    }

    public async Task<bool> HasWaitingAsync(Guid tenant, Guid device, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("mdm"), ct);
        return (await transaction.ReadAsync(Sql.Command(Waiting, tenant, device), row => row.GetGuid(0), ct)).Count > 0;
    }

    public async Task SentAsync(Guid tenant, Guid command, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("mdm"), ct);
        await transaction.ExecuteAsync(Sql.Command("update mdm_commands set state = 'sent' where tenant_id = $1 and id = $2 and state = 'waiting'", tenant, command), ct);
        await transaction.CommitAsync(ct);
    }

    /// <returns>Null for a command that is not ours, or was answered before.</returns>
    public async Task<AnsweredCommand?> EndAsync(Guid tenant, Guid command, string enrollmentId, bool isDone, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("mdm"), ct);
        var answered = await transaction.ReadOneAsync(
            Sql.Command(End, tenant, command, enrollmentId, isDone ? "done" : "failed", time.GetUtcNow()),
            row => new AnsweredCommand(row.GetGuid(0), Enum.Parse<MdmCommandKind>(row.GetString(1), ignoreCase: true), row.IsDBNull(2) ? null : row.GetString(2),
                row.IsDBNull(3) ? null : row.GetString(3), row.GetBoolean(4)), ct);
        await transaction.CommitAsync(ct);
        return answered;
    }

    /// <summary>Remembers by which enrolment the device can be reached; commands of an earlier one are void.</summary>
    public async Task EnrolledAsync(Guid tenant, Guid device, string enrollmentId, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("mdm"), ct);
        await transaction.ExecuteAsync(Sql.Command("update devices set enrollment_id = null where tenant_id = $1 and enrollment_id = $2 and id <> $3", tenant, enrollmentId, device), ct);
        await transaction.ExecuteAsync(Sql.Command("update devices set enrollment_id = $2 where tenant_id = $1 and id = $3", tenant, enrollmentId, device), ct);
        await transaction.ExecuteAsync(Sql.Command("delete from mdm_commands where tenant_id = $1 and device_id = $2", tenant, device), ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The device of an enrolment; null when there is none.</summary>
    public async Task<Guid?> DeviceAsync(Guid tenant, string enrollmentId, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("mdm"), ct);
        var found = await transaction.ReadAsync(
            Sql.Command("select id from devices where tenant_id = $1 and enrollment_id = $2", tenant, enrollmentId), row => row.GetGuid(0), ct);
        return found.Count == 0 ? null : found[0];
    }

    private const string Add = """
        insert into mdm_commands (tenant_id, id, device_id, app_id, action_id, kind, state, protected_body, created_at)
        select $1, u.id, $2, u.app_id, u.action_id, u.kind, 'waiting', u.body, $3
        from unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::text[]) with ordinality u (id, app_id, action_id, kind, body, n)
        where not exists (select from mdm_commands c where c.tenant_id = $1 and c.device_id = $2 and c.action_id = u.action_id
                          and (c.state in ('waiting', 'sent') or c.ended_at > case u.kind when 'invite' then $10::timestamptz else $9::timestamptz end))
        order by u.n
        """;

    private const string Enrollment = """
        select enrollment_id from devices where tenant_id = $1 and id = $2 and enrollment_id is not null and management_state = 'managed' for update
        """;

    private const string Forget = "delete from mdm_commands where tenant_id = $1 and device_id = $2 and state = 'sent' and created_at < $3";

    private const string Ask = """
        insert into mdm_commands (tenant_id, id, device_id, kind, state, protected_body, created_at)
        select $1, $3, $2, 'installedApps', 'waiting', $4, $5
        where not exists (select from mdm_commands c where c.tenant_id = $1 and c.device_id = $2 and c.state in ('waiting', 'sent'))
        """;

    private const string Waiting = "select id, protected_body from mdm_commands where tenant_id = $1 and device_id = $2 and state = 'waiting' order by seq";

    private const string End = """
        update mdm_commands c set state = $4, ended_at = $5
        from devices d
        where c.tenant_id = $1 and c.id = $2 and c.state in ('waiting', 'sent') and d.tenant_id = $1 and d.id = c.device_id and d.enrollment_id = $3
        returning c.device_id, c.kind, (select p.adam_id from apps a join pools p on p.tenant_id = $1 and p.id = a.pool_id where a.tenant_id = $1 and a.id = c.app_id),
                  (select x.version from device_apps x where x.tenant_id = $1 and x.device_id = c.device_id and x.app_id = c.app_id and x.state = 'installed'),
                  exists (select from apps a where a.tenant_id = $1 and a.id = c.app_id and a.kind = 'book')
        """;
}
