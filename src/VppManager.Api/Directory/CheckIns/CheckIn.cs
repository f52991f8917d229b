using Npgsql;
using VppManager.Api.Apps.Installs;
using VppManager.Api.Data;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Api.Licenses;
using VppManager.Core;
using VppManager.Core.Apps;

namespace VppManager.Api.Directory.CheckIns;

/// <summary>
/// A device says what it has and is told what to do (D1). All from the tables, in a handful of statements however many apps there are; Apple is not asked.
/// </summary>
internal sealed class CheckIn(NpgsqlDataSource database, InviteCodes codes, TimeProvider time)
{
    public async Task<Outcome<CheckInAnswer>> ExecuteAsync(Guid tenant, string? actor, Guid id, CheckInRequest request, CancellationToken ct)
    {
        if (request.Fault() is { } fault) return fault;

        var now = time.GetUtcNow();
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("checkIn", actor), ct);
        if (await WriteFactsAsync(transaction, id, request, now, ct) is not { } facts) return VppError.NotFound("device", id.ToString());
        if (facts.State != DeviceWords.Managed) return VppError.DeviceNotManaged;

        // The model tells iPads from iPhones, and so what runs there (L14).
        if (facts.IsOtherModel) await transaction.ExecuteAsync(Marks.Members(tenant, facts.Members, new Cause("deviceModel", actor)), ct);
        var decided = await DecideAsync(transaction, id, new ReportedApps(request.Apps, request.AreAppsPartial), now, ct);
        await DeviceAppWriting.SaveAsync(transaction, id, decided, now, ct);
        await transaction.CommitAsync(ct);
        return new CheckInAnswer(now, await ActionsAsync(decided, ct));
    }

    private static async Task<IReadOnlyList<DecidedApp>> DecideAsync(
        TenantTransaction transaction, Guid device, ReportedApps reported, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await DeviceAppRows.ReadAsync(transaction, [device], null, withPlaces: false, ct);
        var decided = WithoutDisagreement(rows.ConvertAll(row => DecidedApp.Of(row, reported.Of(row), reported.Find(row.AdamId, row.BundleId))));
        var wanted = decided.Where(app => app.Decision.NeedsPlace).Select(app => app.Row.UserLicenseId!.Value).Distinct().ToArray();
        var places = await LicensePlaces.TakeAsync(transaction, device, wanted, now, ct);
        return decided.ConvertAll(app => app.Decision is { NeedsPlace: true, Action: DeviceActionKind.Install } && !places.Contains(app.Row.UserLicenseId!.Value)
            ? app.Refused(InstallFault.LicenseOnFiveDevices)
            : app);
    }

    /// <summary>The same asset through two tokens is one app on the device: what one of them keeps there, the other does not take away.</summary>
    private static List<DecidedApp> WithoutDisagreement(List<DecidedApp> decided)
    {
        var stays = decided.Where(app => app.IsMeantToStay).Select(app => app.Row.AdamId).ToHashSet();
        return decided.ConvertAll(app => app.Decision.Action is DeviceActionKind.Remove && stays.Contains(app.Row.AdamId) ? app.Kept() : app);
    }

    private async Task<IReadOnlyList<DeviceAction>> ActionsAsync(IReadOnlyList<DecidedApp> decided, CancellationToken ct)
    {
        var actions = new List<DeviceAction>();
        foreach (var app in decided.Where(app => app.Decision.Action is DeviceActionKind.Invite).DistinctBy(app => app.Row.AppleUserId))
        {
            if (await codes.LinkAsync(app.Row.ProtectedInviteCode, ct) is { } link) actions.Add(DeviceAction.Invite(app.Row.AppleUserId!.Value, link));
        }

        // The same asset through two tokens is one app on the device: it is told once.
        actions.AddRange(decided.Where(app => app.ActionId is not null)
            .DistinctBy(app => (app.Decision.Action, app.Row.AdamId))
            .Select(app => DeviceAction.Of(app.Row, app.Decision.Action!.Value, app.ActionId!.Value)));
        return actions;
    }

    /// <summary>The row stays locked: check-ins of one device take turns.</summary>
    private static Task<WrittenFacts?> WriteFactsAsync(TenantTransaction transaction, Guid device, CheckInRequest said, DateTimeOffset now, CancellationToken ct) =>
        transaction.ReadOneAsync(Sql.Command("""
            update devices d set device_name = coalesce($3::text, d.device_name), os_version = coalesce($4::text, d.os_version), model = coalesce($5::text, d.model),
                is_supervised = coalesce($6::boolean, d.is_supervised), is_kiosk = coalesce($7::boolean, d.is_kiosk),
                is_app_store_blocked = coalesce($8::boolean, d.is_app_store_blocked),
                last_sync_at = case when d.management_state = 'managed' then $9 else d.last_sync_at end
            from (select model from devices where tenant_id = $1 and id = $2 for update) was
            where d.tenant_id = $1 and d.id = $2 returning d.management_state, d.model is distinct from was.model, array_remove(array[d.id, d.user_id], null)
            """, transaction.Tenant, device, said.DeviceName, said.OsVersion, said.Model, said.IsSupervised, said.IsKiosk, said.IsAppStoreBlocked, now),
            row => new WrittenFacts(row.GetString(0), row.GetBoolean(1), row.GetFieldValue<Guid[]>(2)), ct);

    private sealed record WrittenFacts(string State, bool IsOtherModel, Guid[] Members);
}
