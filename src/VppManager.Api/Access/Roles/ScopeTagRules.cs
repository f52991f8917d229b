using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Apps;
using VppManager.Api.Data;
using VppManager.Api.Tokens;
using VppManager.Core;

namespace VppManager.Api.Access.Roles;

/// <summary>Which scope tags a caller may put on something.</summary>
internal static class ScopeTagRules
{
    /// <summary>Those to which the caller of this request is bound; null: to none.</summary>
    public static IReadOnlyList<string>? OfCaller => RequestOrigin.Current?.Allowed.Tags;

    /// <summary>Who is bound to tags gives no others away and never takes all off: nobody makes more of their own rights.</summary>
    public static VppError? Fault(IReadOnlyCollection<string> given) =>
        OfCaller is { } own && (given.Count == 0 || given.Except(own).Any()) ? VppError.ScopeTagsNotYours : null;

    /// <summary>Whether the caller of this request reaches what carries these tags.</summary>
    public static bool Reaches(IEnumerable<string> tags) => OfCaller is not { } own || tags.Intersect(own).Any();

    /// <summary>Those of the pools of which the caller of this request reaches an app (G2).</summary>
    public static async Task<Guid[]> ReachedAsync(TenantTransaction transaction, Guid[] pools, CancellationToken ct) => OfCaller is not { } own
        ? pools
        : [.. await transaction.ReadAsync(
            Sql.Command("select distinct pool_id from apps where tenant_id = $1 and pool_id = any ($2) and scope_tags && $3", transaction.Tenant, pools, own.ToArray()),
            row => row.GetGuid(0), ct)];

    /// <summary>Those of the apps that the caller of this request reaches.</summary>
    public static IQueryable<App> Reached(this IQueryable<App> apps)
    {
        var own = OfCaller?.ToArray();
        return own is null ? apps : apps.Where(app => app.ScopeTags.Any(tag => own.Contains(tag)));
    }

    /// <summary>Those of the tokens that the caller of this request reaches.</summary>
    public static IQueryable<Token> Reached(this IQueryable<Token> tokens)
    {
        var own = OfCaller?.ToArray();
        return own is null ? tokens : tokens.Where(token => token.RoleScopeTagIds.Any(tag => own.Contains(tag)));
    }

    /// <summary>Those of the locations of which the caller of this request reaches a token; null: all there are.</summary>
    public static async Task<Guid[]?> ReachedLocationsAsync(VppContext context, CancellationToken ct) => OfCaller is null
        ? null
        : await context.Tokens.Reached().Where(token => token.LocationId != null).Select(token => token.LocationId!.Value).Distinct().ToArrayAsync(ct);

    /// <summary>Within the transaction that gives the tags to something: none of them goes away meanwhile.</summary>
    /// <returns>That the tenant has no such tag, or null.</returns>
    public static async Task<VppError?> UnknownAsync(VppContext context, IReadOnlyList<string> tags, CancellationToken ct)
    {
        if (tags.All(tag => tag == ScopeTag.Default)) return null;

        await GiveRoles.TakeTurnsAsync(context, ct);
        var known = await context.ScopeTags.Select(tag => tag.Number).ToListAsync(ct);
        var texts = known.Select(number => number.ToString(CultureInfo.InvariantCulture)).Append(ScopeTag.Default).ToHashSet();
        return tags.FirstOrDefault(tag => !texts.Contains(tag)) is { } unknown
            ? VppError.InvalidValue("roleScopeTagIds", $"there is no scope tag '{unknown}'.")
            : null;
    }
}
