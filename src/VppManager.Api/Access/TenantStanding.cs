using System.Collections.Frozen;

namespace VppManager.Api.Access;

/// <summary>What a role lets the members of some groups do, and with which scope tags; no tags: with everything.</summary>
internal sealed record RoleGrant(FrozenSet<Guid> Groups, FrozenSet<string> Actions, IReadOnlyList<string> Tags);

/// <summary>What a caller may do something with: all there is, or what carries one of the tags.</summary>
internal sealed record Allowed(IReadOnlyList<string>? Tags)
{
    public static readonly Allowed Everything = new((IReadOnlyList<string>?)null);
}

/// <summary>Whether a tenant may work, and who may do what in it.</summary>
internal sealed record TenantStanding(bool IsSuspended, IReadOnlyList<RoleGrant> Grants)
{
    public static readonly TenantStanding Open = new(false, []);

    /// <summary>
    /// Null when the caller's roles allow none of the actions. An application has its permissions and no roles. A tenant in which no role has
    /// been assigned yet has none to ask for: whoever has the permission is its administrator.
    /// </summary>
    public Allowed? Allow(Caller caller, IReadOnlyList<string> actions)
    {
        if (HasAll(caller)) return Allowed.Everything;

        HashSet<string>? tags = null;
        foreach (var grant in Of(caller))
        {
            if (!actions.Any(grant.Actions.Contains)) continue;
            if (grant.Tags.Count == 0) return Allowed.Everything;

            (tags ??= []).UnionWith(grant.Tags);
        }

        return tags is null ? null : new Allowed([.. tags.Order(StringComparer.Ordinal)]);
    }

    public bool HasAll(Caller caller) => caller.IsApplication || caller.IsAdministrator || Grants.Count == 0;

    public IEnumerable<RoleGrant> Of(Caller caller) => Grants.Where(grant => grant.Groups.Overlaps(caller.Groups));
}
