using Microsoft.EntityFrameworkCore;
using Npgsql;
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

    /// <summary>All tenants that are not suspended.</summary>
    public static async Task<List<Guid>> ActiveAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var tenants = new List<Guid>();
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("select id from tenants where suspended_at is null order by id", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) tenants.Add(reader.GetGuid(0));
        return tenants;
    }
}
