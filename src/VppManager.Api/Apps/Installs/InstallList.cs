using Microsoft.EntityFrameworkCore;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Apps.Installs;

/// <param name="Counts">Of all apps.</param>
internal sealed record DeviceApps(InstallCounts Counts, IReadOnlyList<DeviceAppView> Value);

/// <summary>One device's line in the list of an app.</summary>
internal sealed record InstallRow(
    Guid DeviceId, string? DeviceName, Guid? UserId, string? UserPrincipalName, string InstallState, string InstallStateDetail, int ErrorCode, string HexErrorCode,
    string? Version, string? Reason, int? DeviceErrorCode, string? DeviceErrorText, DateTimeOffset ChangedDateTime);

/// <param name="Counts">Of all devices, not of this page alone.</param>
/// <param name="Next">The <c>after</c> of the next page; null on the last.</param>
internal sealed record InstallPage(InstallCounts Counts, IReadOnlyList<InstallRow> Value, Guid? Next);

/// <summary>How installations stand, by device, by user and by app (D3).</summary>
internal sealed class InstallList(NpgsqlDataSource database, VppContext context)
{
    public async Task<Outcome<DeviceApps>> OfDeviceAsync(Guid tenant, Guid device, CancellationToken ct)
    {
        context.Tenant = tenant;
        return await context.Devices.AnyAsync(one => one.Id == device, ct)
            ? await ReadAsync(tenant, [device], ct)
            : VppError.NotFound("device", device.ToString());
    }

    public async Task<Outcome<DeviceApps>> OfUserAsync(Guid tenant, Guid user, CancellationToken ct)
    {
        context.Tenant = tenant;
        if (!await context.Users.AnyAsync(one => one.Id == user, ct)) return VppError.NotFound("user", user.ToString());

        return await ReadAsync(tenant, await context.Devices.Where(one => one.UserId == user).Select(one => one.Id).ToArrayAsync(ct), ct);
    }

    public async Task<Outcome<InstallPage>> OfAppAsync(Guid tenant, Guid app, string? state, Guid? after, int size, CancellationToken ct)
    {
        context.Tenant = tenant;
        if (!await context.Apps.AnyAsync(one => one.Id == app, ct)) return VppError.NotFound("app", app.ToString());

        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("read"), ct);
        var counts = await transaction.ReadOneAsync(
            Sql.Command(Summary, tenant, app), row => new InstallCounts(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)), ct);
        var rows = await transaction.ReadAsync(Sql.Command(Rows, tenant, app, after ?? Guid.Empty, size, state ?? ""), RowOf, ct);
        return new InstallPage(counts!, rows, rows.Count == size ? rows[^1].DeviceId : null);
    }

    private async Task<DeviceApps> ReadAsync(Guid tenant, Guid[] devices, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("read"), ct);
        var rows = await DeviceAppRows.ReadAsync(transaction, devices, null, withPlaces: false, ct);
        var views = rows.ConvertAll(DeviceAppView.Of);
        return new DeviceApps(InstallCounts.Of(views), views);
    }

    private static InstallRow RowOf(System.Data.Common.DbDataReader row) => new(
        row.GetGuid(0), Text(row, 1), row.IsDBNull(2) ? null : row.GetGuid(2), Text(row, 3), row.GetString(4), row.GetString(5), row.GetInt32(6), row.GetString(7),
        Text(row, 8), Text(row, 9), row.IsDBNull(10) ? null : row.GetInt32(10), Text(row, 11), row.GetFieldValue<DateTimeOffset>(12));

    private static string? Text(System.Data.Common.DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private const string Summary = """
        select installed_device_count, pending_install_device_count, failed_device_count, not_installed_device_count, not_applicable_device_count
        from graph_app_install_summary where tenant_id = $1 and id = $2
        """;

    /// <summary>A device with two kinds of licence of the app is one line: the worse.</summary>
    private const string Rows = """
        select distinct on (s.device_id) s.device_id, s.device_name, s.user_id, s.user_principal_name, s.install_state_word, s.install_state_detail_word, s.error_code,
               s.hex_error_code, s.app_version, x.reason, x.device_error, x.device_error_text, s.changed_at
        from graph_device_install_status s
        left join device_apps x on x.tenant_id = $1 and x.device_id = s.device_id and x.app_id = s.app_id
        where s.tenant_id = $1 and s.app_id = $2 and s.device_id > $3 and ($5 = '' or s.install_state_word = $5)
        order by s.device_id, s.install_state limit $4
        """;
}
