using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;

namespace VppManager.Api.Tokens;

/// <summary>A tenant comes to be with its first token.</summary>
internal static class Tenants
{
    /// <summary>Makes the tenant's row if it is missing, and holds it until the transaction ends: one at a time counts and adds.</summary>
    public static Task EnsureAsync(VppContext context, DateTimeOffset now, CancellationToken ct) => context.Database.ExecuteSqlAsync($"""
        insert into tenants (id, name, behavior, created_at) values ({context.Tenant}, {context.Tenant!.Value.ToString()}, 'intune2020', {now})
        on conflict (id) do update set name = tenants.name
        """, ct);
}
