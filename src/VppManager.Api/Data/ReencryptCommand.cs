using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using VppManager.Api.Hosting;

namespace VppManager.Api.Data;

/// <summary>
/// <c>reencrypt [--new-key]</c>: protects every stored secret anew with the key of today, or with one made for it; older keys are then needed for
/// nothing but what is under way. With a new key, the instances are to be started again afterwards: they do not know it yet.
/// </summary>
internal static class ReencryptCommand
{
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromDays(90);

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var line = CommandLine.Parse(args, names: [], switches: ["new-key"]);
        if (line.Fault is { } fault) throw new StartRefusedException($"{fault}\nUsage: reencrypt [--new-key]");

        var configuration = CommandConfiguration.Read();
        var connections = DatabaseConnections.From(configuration);
        await using var server = connections.PrivateFolder is { } folder ? await PrivatePostgres.LaunchAsync(folder, ct) : null;
        await using var source = NpgsqlDataSource.Create(connections.Application);
        await using var services = Services(source, configuration);
        if (line.Has("new-key")) services.GetRequiredService<IKeyManager>().CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow + KeyLifetime);

        var count = await new Reencryption(source, services.GetRequiredService<IDataProtectionProvider>()).RunAsync(ct);
        await output.WriteLineAsync($"{count} secrets have been protected anew.");
        return 0;
    }

    private static ServiceProvider Services(NpgsqlDataSource source, IConfiguration configuration)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddDbContext<KeysContext>(options => options.UseNpgsql(source).UseSnakeCaseNamingConvention());
        services.AddProtectedKeys(configuration);
        return services.BuildServiceProvider();
    }
}

/// <summary>Opens each secret and protects it anew. One that changed meanwhile is left alone: it has the key of today.</summary>
internal sealed class Reencryption(NpgsqlDataSource database, IDataProtectionProvider protection)
{
    private const int AtOnce = 1_000;

    /// <summary>Every column of a tenant's table that holds a secret, and whose it is.</summary>
    private static readonly (string Table, string Column, string Purpose)[] Secrets =
        [
            ("tokens", "protected_secret", "VppManager.Tokens"), ("apple_users", "protected_invite_code", "VppManager.InviteCodes"),
            ("mdm_commands", "protected_body", "VppManager.MdmCommands"),
        ];

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var count = 0;
        foreach (var tenant in await TenantsAsync(ct))
        {
            foreach (var (table, column, purpose) in Secrets)
            {
                var protector = protection.CreateProtector(purpose);
                for (Guid? after = Guid.Empty; after is { } from;)
                {
                    (after, var done) = await PageAsync(tenant, table, column, protector, from, ct);
                    count += done;
                }
            }
        }

        return count;
    }

    private async Task<(Guid? Last, int Count)> PageAsync(Guid tenant, string table, string column, IDataProtector protector, Guid after, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("reencrypt"), ct);
        var rows = await transaction.ReadAsync(
            Sql.Command($"select id, {column} from {table} where tenant_id = $1 and id > $2 and {column} is not null order by id limit {AtOnce}", tenant, after),
            row => (Id: row.GetGuid(0), Old: row.GetString(1)), ct);
        if (rows.Count == 0) return (null, 0);

        var done = await transaction.ExecuteAsync(Sql.Command($"""
            update {table} t set {column} = s.new from unnest($2, $3, $4) as s (id, old, new)
            where t.tenant_id = $1 and t.id = s.id and t.{column} = s.old
            """, tenant, rows.ConvertAll(row => row.Id).ToArray(), rows.ConvertAll(row => row.Old).ToArray(),
            rows.ConvertAll(row => protector.Protect(protector.Unprotect(row.Old))).ToArray()), ct);
        await transaction.CommitAsync(ct);
        return (rows[^1].Id, done);
    }

    private async Task<List<Guid>> TenantsAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand("select id from tenants order by id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tenants = new List<Guid>();
        while (await reader.ReadAsync(ct)) tenants.Add(reader.GetGuid(0));
        return tenants;
    }
}
