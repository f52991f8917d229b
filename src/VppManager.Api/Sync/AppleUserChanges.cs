using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;
using AppleSide = VppManager.Apple.Directory;

namespace VppManager.Api.Sync;

/// <summary>A user whom Apple knows otherwise than this service does.</summary>
internal sealed record UserChange(string ClientUserId, AppleUserStatus Status, string? IdHash);

/// <summary>Compares the users that Apple lists with those registered from here. Others' users are left alone.</summary>
internal sealed class AppleUserChanges(DbContextOptions<VppContext> database)
{
    /// <summary>What differs on one page.</summary>
    public async Task<IReadOnlyList<UserChange>> FindAsync(Guid tenant, Guid location, IReadOnlyList<AppleSide.AppleUser> page, CancellationToken ct)
    {
        if (page.Count == 0) return [];

        var ids = page.Select(user => user.ClientUserId).ToArray();
        await using var context = new VppContext(database) { Tenant = tenant };
        var known = await context.AppleUsers.AsNoTracking()
            .Where(user => user.LocationId == location && ids.Contains(user.ClientUserId))
            .ToDictionaryAsync(user => user.ClientUserId, ct);

        return [.. page.Select(ChangeOf).OfType<UserChange>().Where(Differs)];

        bool Differs(UserChange change) => known.TryGetValue(change.ClientUserId, out var user)
            && (user.Status != change.Status || (change.IdHash is not null && user.IdHash != change.IdHash));
    }

    private static UserChange? ChangeOf(AppleSide.AppleUser user) => user.Status switch
    {
        AppleSide.AppleUserStatus.Registered => new UserChange(user.ClientUserId, AppleUserStatus.Registered, user.IdHash),
        AppleSide.AppleUserStatus.Associated => new UserChange(user.ClientUserId, AppleUserStatus.Associated, user.IdHash),
        _ => null,
    };
}
