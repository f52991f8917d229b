using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

internal sealed record Enrolled(Device Device, bool IsNew);

/// <summary>
/// Takes a device into management. A serial number that is known keeps its row and its id (L24); what the request leaves out stays as it was.
/// </summary>
internal sealed class EnrolDevice(VppContext context, TimeProvider time)
{
    public async Task<Outcome<Enrolled>> ExecuteAsync(Caller caller, DeviceValues values, CancellationToken ct)
    {
        if (values.SerialNumber is not { IsSet: true, Value: { } serialNumber }) return ValueRules.Missing("serialNumber");
        if (values.Fault() is { } fault) return fault;

        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await context.KeepAllAsync(ct);
        var isNew = await InsertAsync(serialNumber, ct);
        var device = await context.Devices
            .FromSql($"select * from devices where tenant_id = {caller.TenantId} and serial_number = {serialNumber} for update").SingleAsync(ct);
        var before = DeviceStanding.Of(device);
        var user = await UserOfDevice.FindAsync(context, values, device.UserId, ct);
        if (user.Error is { } unknown) return unknown;

        values.ApplyTo(device, user.Value);
        device.ManagementState = DeviceWords.Managed;
        device.EnrolledAt = device.LastSyncAt = time.GetUtcNow();
        await context.SaveChangesAsync(ct);
        if (isNew) await Seats.LinkAsync(TenantTransaction.Within(context), [device.Id], ct);
        var touched = isNew ? DeviceStanding.With(device.Id, device.UserId) : before.TouchedBy(device);
        await Marks.MembersAsync(context, touched, caller.Because("deviceEnrolled"), ct);
        await transaction.CommitAsync(ct);
        return new Enrolled(device, isNew);
    }

    /// <summary>Whoever enrols the same device at the same time finds the row there.</summary>
    private async Task<bool> InsertAsync(string serialNumber, CancellationToken ct) => await context.Database.ExecuteSqlAsync($"""
        insert into devices (tenant_id, id, serial_number, azure_ad_device_id, directory_object_id, is_supervised,
                             owner_type, enrollment_type, management_state, enrolled_at, last_sync_at)
        values ({context.Tenant}, {Guid.CreateVersion7()}, {serialNumber}, {Guid.NewGuid()}, {Guid.NewGuid()}, false,
                'company', 'unknown', 'managed', {time.GetUtcNow()}, {time.GetUtcNow()})
        on conflict (tenant_id, serial_number) do nothing
        """, ct) == 1;
}
