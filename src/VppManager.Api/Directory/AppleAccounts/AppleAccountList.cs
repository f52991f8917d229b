using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Api.Licenses;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>One Apple Account of a user at one location.</summary>
/// <param name="Status">
/// <c>new</c>, <c>creating</c>, <c>registered</c> (invited, not yet accepted), <c>associated</c>, <c>retiring</c>, <c>retired</c>, or <c>failed</c>.
/// </param>
/// <param name="Reason">Why it failed: a code, or <c>apple:</c> and Apple's number.</param>
/// <param name="InvitationUrl">Where the user accepts, while registered. Whoever has it can accept in their place.</param>
internal sealed record AppleAccountRow(
    Guid LocationId, string? LocationName, AppleAccount Account, string Status, string? Reason, string ClientUserId, string? ManagedAppleId,
    string? InvitationUrl, DateTimeOffset ChangedAt);

/// <summary>A user who has not yet accepted.</summary>
internal sealed record InvitationRow(
    Guid Id, Guid? UserId, string? UserPrincipalName, string? DisplayName, string? Mail, AppleAccount Account, string ClientUserId,
    string? InvitationUrl, DateTimeOffset ChangedAt);

/// <param name="Next">The <c>after</c> of the next page; null on the last.</param>
internal sealed record InvitationPage(IReadOnlyList<InvitationRow> Value, Guid? Next);

/// <summary>Reads how users stand with Apple.</summary>
internal sealed class AppleAccountList(VppContext context, InviteCodes codes)
{
    public static string StatusOf(AppleUserStatus status, DateTimeOffset? retireAskedAt) =>
        retireAskedAt is not null && status is not AppleUserStatus.Retired ? "retiring" : EnumText.Of(status);

    public async Task<IReadOnlyList<AppleAccountRow>> OfUserAsync(Guid tenant, Guid user, CancellationToken ct)
    {
        context.Tenant = tenant;
        var reached = await ScopeTagRules.ReachedLocationsAsync(context, ct);
        var found = await context.AppleUsers.AsNoTracking().Where(one => one.UserId == user && (reached == null || reached.Contains(one.LocationId)))
            .Join(context.Locations, one => one.LocationId, place => place.Id, (one, place) => new { User = one, place.Name })
            .OrderBy(one => one.User.LocationId).ThenBy(one => one.User.Account).ThenByDescending(one => one.User.ChangedAt)
            .ToListAsync(ct);

        var rows = new List<AppleAccountRow>(found.Count);
        foreach (var (one, name) in found.Select(row => (row.User, row.Name)))
        {
            rows.Add(new AppleAccountRow(
                one.LocationId, name, one.Account, StatusOf(one.Status, one.RetireAskedAt), one.Reason, one.ClientUserId, one.ManagedAppleId,
                await LinkAsync(one, ct), one.ChangedAt));
        }
        return rows;
    }

    public async Task<InvitationPage> NotAcceptedAsync(Guid location, Guid? after, int size, CancellationToken ct)
    {
        var found = await (
            from one in context.AppleUsers.AsNoTracking()
            join user in context.Users on one.UserId equals (Guid?)user.Id into known
            from user in known.DefaultIfEmpty()
            where one.LocationId == location && one.Status == AppleUserStatus.Registered && one.RetireAskedAt == null
                && (after == null || one.Id > after)
            orderby one.Id
            select new { Apple = one, Name = user == null ? null : user.UserPrincipalName, user.DisplayName, user.Mail }).Take(size).ToListAsync(ct);

        var rows = new List<InvitationRow>(found.Count);
        foreach (var one in found)
        {
            rows.Add(new InvitationRow(
                one.Apple.Id, one.Apple.UserId, one.Name, one.DisplayName, one.Mail, one.Apple.Account, one.Apple.ClientUserId,
                await LinkAsync(one.Apple, ct), one.Apple.ChangedAt));
        }
        return new InvitationPage(rows, rows.Count == size ? rows[^1].Id : null);
    }

    private async ValueTask<string?> LinkAsync(AppleUser user, CancellationToken ct) =>
        user is { Status: AppleUserStatus.Registered, RetireAskedAt: null } ? await codes.LinkAsync(user.ProtectedInviteCode, ct) : null;
}
