using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Sync;

/// <summary>Asks for a sync of every token of a tenant that can sync.</summary>
internal sealed class RequestSyncOfAll(DbContextOptions<VppContext> database, RequestSync sync)
{
    public async Task<Outcome<Done>> ExecuteAsync(Guid tenant, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        var tokens = await context.Tokens.Select(token => new { token.Id, token.State, token.RoleScopeTagIds }).ToListAsync(ct);
        foreach (var token in tokens.Where(token => TokenSync.MaySync(token.State) && ScopeTagRules.Reaches(token.RoleScopeTagIds))) await sync.ExecuteAsync(tenant, token.Id, ct);
        return default(Done);
    }
}
