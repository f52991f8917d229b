using System.Globalization;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Core;

namespace VppManager.Api.Access.Roles;

/// <summary>The scope tags of a tenant (G2), numbered as they come.</summary>
internal sealed class EditScopeTags(VppContext context)
{
    public async Task<Outcome<ScopeTag>> CreateAsync(Caller caller, Change<string> name, Change<string> description, CancellationToken ct)
    {
        if (!name.IsSet) return ValueRules.Missing("displayName");
        if (Fault(name, description) is { } fault) return fault;

        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await GiveRoles.TakeTurnsAsync(context, ct);
        if (await context.ScopeTags.AnyAsync(tag => tag.DisplayName == name.Value, ct)) return VppError.AlreadyExists("scope tag", name.Value!);

        var last = await context.ScopeTags.MaxAsync(tag => (int?)tag.Number, ct) ?? 0;
        var made = new ScopeTag { Number = last + 1, DisplayName = name.Value!, Description = description.Value };
        context.ScopeTags.Add(made);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return made;
    }

    public async Task<Outcome<ScopeTag>> PatchAsync(Caller caller, string id, Change<string> name, Change<string> description, CancellationToken ct)
    {
        if (Fault(name, description) is { } fault) return fault;

        return await ChangeAsync(caller, id, tag =>
        {
            tag.DisplayName = name.Or(tag.DisplayName) ?? tag.DisplayName;
            tag.Description = description.Or(tag.Description);
        }, ct);
    }

    /// <param name="assignments">Graph's targets as JSON.</param>
    public Task<Outcome<ScopeTag>> AssignAsync(Caller caller, string id, string assignments, CancellationToken ct) =>
        ChangeAsync(caller, id, tag => tag.Assignments = assignments, ct);

    public async Task<Outcome<Done>> DeleteAsync(Caller caller, string id, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await GiveRoles.TakeTurnsAsync(context, ct);
        if (await FindAsync(id, ct) is not { } tag) return WhyNot(id);
        if (await IsUsedAsync(id, ct)) return VppError.ScopeTagInUse;

        context.ScopeTags.Remove(tag);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return default(Done);
    }

    private async Task<Outcome<ScopeTag>> ChangeAsync(Caller caller, string id, Action<ScopeTag> change, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await GiveRoles.TakeTurnsAsync(context, ct);
        if (await FindAsync(id, ct) is not { } tag) return WhyNot(id);

        change(tag);
        if (await context.ScopeTags.AnyAsync(other => other.Number != tag.Number && other.DisplayName == tag.DisplayName, ct))
            return VppError.AlreadyExists("scope tag", tag.DisplayName);

        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return tag;
    }

    private static VppError? Fault(Change<string> name, Change<string> description) =>
        ValueRules.NotBlank(ValueRules.Name, "displayName", name) ?? ValueRules.AtMost(ValueRules.Text, "description", description);

    private static VppError WhyNot(string id) => id == ScopeTag.Default ? VppError.BuiltInScopeTag : VppError.NotFound("scope tag", id);

    private async Task<ScopeTag?> FindAsync(string id, CancellationToken ct) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? await context.ScopeTags.FirstOrDefaultAsync(tag => tag.Number == number, ct)
            : null;

    private async Task<bool> IsUsedAsync(string id, CancellationToken ct) =>
        await context.Tokens.AnyAsync(token => token.RoleScopeTagIds.Contains(id), ct)
        || await context.Apps.AnyAsync(app => app.RoleScopeTagIds!.Contains(id), ct)
        || await context.AssignedRoles.AnyAsync(assignment => assignment.RoleScopeTagIds.Contains(id), ct);
}
