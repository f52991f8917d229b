using Microsoft.EntityFrameworkCore;
using Npgsql;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Licenses;

/// <summary>Which licences are to be taken back (L21): those of an app, of a token, or of one device or user among all apps.</summary>
/// <param name="Untracked">Also those that this service did not give.</param>
internal sealed record RevokeScope(Guid? App = null, Guid? Token = null, Guid? Device = null, Guid? User = null, bool Untracked = false);

/// <summary>Takes licences back at Apple. The apps stay where they are; the holders get no licence again until they are assigned one anew.</summary>
internal sealed class RevokeLicenses(NpgsqlDataSource database, VppContext context, TimeProvider time)
{
    /// <returns>How many licences are being taken back.</returns>
    public async Task<Outcome<int>> ExecuteAsync(Guid tenant, string actor, RevokeScope scope, CancellationToken ct)
    {
        context.Tenant = tenant;
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("revoke", actor), ct);
        var revoked = await ChangeAsync(transaction, actor, scope, time.GetUtcNow(), ct);
        if (revoked.IsOk) await transaction.CommitAsync(ct);
        return revoked;
    }

    /// <summary>The change itself, from within a transaction.</summary>
    public async Task<Outcome<int>> ChangeAsync(TenantTransaction transaction, string actor, RevokeScope scope, DateTimeOffset now, CancellationToken ct)
    {
        if (await UnknownAsync(scope, ct) is { } unknown) return unknown;

        var pools = await ScopeTagRules.ReachedAsync(transaction, await PoolsAsync(scope, ct), ct);
        var action = Guid.CreateVersion7(now);
        var revoked = await Seats.RevokeAsync(transaction, pools, scope.Device, scope.User, scope.Untracked, action, now, ct);
        if (revoked == 0 && !IsWide(scope)) return await WhyNotAsync(pools, scope, ct);

        await WriteDownAsync(transaction, action, scope, actor, now, ct);
        await RequestPlanning.AskForAsync(transaction, pools, now, ct);
        return revoked;
    }

    /// <summary>Nothing to take back is no refusal where nobody named a holder.</summary>
    private static bool IsWide(RevokeScope scope) => scope is { Device: null, User: null } or { App: null };

    /// <summary>What Graph shows of it: on the token, the app or the device.</summary>
    private static Task<int> WriteDownAsync(
        TenantTransaction transaction, Guid action, RevokeScope scope, string actor, DateTimeOffset now, CancellationToken ct) =>
        transaction.ExecuteAsync(Sql.Command("""
            insert into remote_actions (tenant_id, id, name, token_id, app_id, device_id, user_id, licenses, actor, started_at)
            select $1, $2, $3, $4::uuid, $5::uuid, $6::uuid, $7::uuid, count(*), $8, $9 from licenses where tenant_id = $1 and action_id = $2
            """, transaction.Tenant, action, NameOf(scope), scope.Token, scope.App, scope.Device, scope.User, actor, now), ct);

    private static string NameOf(RevokeScope scope) => scope switch
    {
        { Token: not null } => "revokeLicenses",
        { App: null } => "revokeAppleVppLicenses",
        { Device: not null } => "revokeDeviceLicense",
        { User: not null } => "revokeUserLicense",
        _ => "revokeAllLicenses",
    };

    private async Task<VppError?> UnknownAsync(RevokeScope scope, CancellationToken ct) => scope switch
    {
        { App: { } app } when !await context.Apps.Reached().AnyAsync(one => one.Id == app, ct) => VppError.NotFound("app", app.ToString()),
        { Token: { } token } when !await context.Tokens.Reached().AnyAsync(one => one.Id == token, ct) => VppError.NotFound("token", token.ToString()),
        { Device: { } device } when !await context.Devices.AnyAsync(one => one.Id == device, ct) => VppError.NotFound("managed device", device.ToString()),
        { User: { } user } when !await context.Users.AnyAsync(one => one.Id == user, ct) => VppError.NotFound("user", user.ToString()),
        _ => null,
    };

    /// <summary>The pools that a revocation concerns.</summary>
    public Task<Guid[]> PoolsAsync(RevokeScope scope, CancellationToken ct) => scope switch
    {
        { App: { } app } => context.Apps.Where(one => one.Id == app).Select(one => one.PoolId).ToArrayAsync(ct),
        { Token: { } token } => context.Apps.Where(one => one.TokenId == token).Select(one => one.PoolId).Distinct().ToArrayAsync(ct),
        { Device: { } device } => context.Licenses.Where(one => one.DeviceId == device).Select(one => one.PoolId).Distinct().ToArrayAsync(ct),
        _ => context.Licenses.Where(one => one.UserId == scope.User).Select(one => one.PoolId).Distinct().ToArrayAsync(ct),
    };

    private async Task<VppError> WhyNotAsync(Guid[] pools, RevokeScope scope, CancellationToken ct)
    {
        var revocable = await context.Pools.AnyAsync(pool => pools.Contains(pool.Id) && pool.Revocable, ct);
        if (!revocable) return VppError.NotRevocable;

        // Asked again, or of a licence on its way back: that is what was wanted.
        var holder = scope.Device ?? scope.User;
        var going = await context.Licenses.AnyAsync(
            one => pools.Contains(one.PoolId) && (one.DeviceId == holder || one.UserId == holder), ct);
        return going ? VppError.LicenseRevokedAlready : VppError.NoLicenseToRevoke;
    }
}
