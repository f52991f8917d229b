using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;

namespace VppManager.Api.Directory;

/// <summary>Rows of the directory, held until the transaction ends.</summary>
internal static class DirectoryRows
{
    /// <summary>References between users, groups and devices may be added; none of them goes away meanwhile.</summary>
    public static Task KeepAllAsync(this VppContext context, CancellationToken ct) =>
        context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock_shared(hashtextextended({Key(context)}, 0))", ct);

    /// <summary>Nobody else adds references meanwhile: something may go away, or groups be nested. Taken before any row.</summary>
    public static Task KeepAloneAsync(this VppContext context, CancellationToken ct) =>
        context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({Key(context)}, 0))", ct);

    public static Task<DirectoryUser?> LockUserAsync(this VppContext context, Guid id, CancellationToken ct) =>
        context.Users.FromSql($"select * from users where tenant_id = {context.Tenant} and id = {id} for update").SingleOrDefaultAsync(ct);

    public static Task<Group?> LockGroupAsync(this VppContext context, Guid id, CancellationToken ct) =>
        context.Groups.FromSql($"select * from groups where tenant_id = {context.Tenant} and id = {id} for update").SingleOrDefaultAsync(ct);

    public static Task<Device?> LockDeviceAsync(this VppContext context, Guid id, CancellationToken ct) =>
        context.Devices.FromSql($"select * from devices where tenant_id = {context.Tenant} and id = {id} for update").SingleOrDefaultAsync(ct);

    public static Cause Because(this Caller caller, string cause) => new(cause, caller.Actor);

    private static string Key(VppContext context) => $"directory {context.Tenant}";
}
