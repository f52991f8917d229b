using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Assignments;

/// <summary>An app licensed to users reaches devices in kiosk mode, where nobody can answer its prompts (D6).</summary>
/// <param name="Code">Stable.</param>
/// <param name="Message">For a person.</param>
internal sealed record AssignmentWarning(string Code, string Message);

internal sealed class KioskWarnings(NpgsqlDataSource database)
{
    /// <summary>More kiosks than these are not looked at: one is enough for the warning.</summary>
    private const int MostKiosks = 1000;

    public async Task<IReadOnlyList<AssignmentWarning>> ReadAsync(Guid tenant, Guid app, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("read"), ct);
        var kiosks = await transaction.ReadAsync(Sql.Command(Kiosks, tenant, app, MostKiosks), row => row.GetGuid(0), ct);
        if (kiosks.Count == 0) return [];

        var count = await transaction.ReadOneAsync(Sql.Command(Reached, tenant, kiosks.ToArray(), app), row => row.GetInt32(0), ct);
        return count == 0
            ? []
            : [new AssignmentWarning("userLicensedOnKiosk", $"The app is licensed to users and reaches {count} devices in kiosk mode, where nobody can accept an invitation or sign in. License it to devices.")];
    }

    /// <summary>None where the app is not licensed to users at all.</summary>
    private const string Kiosks = """
        select d.id from devices d
        where d.tenant_id = $1 and d.is_kiosk and d.management_state = 'managed' and exists (
            select from assignments s where s.tenant_id = $1 and s.app_id = $2 and s.license_type = 'user' and not s.excluded and s.intent <> 'uninstall')
        limit $3
        """;

    private const string Reached = DeviceIntents.Sql + """

        select count(*)::int from intents i where i.app_id = $3 and i.license_type = 'user' and i.intent in ('required', 'available')
        """;
}
