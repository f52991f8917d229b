using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace VppManager.Api.Hosting;

/// <summary>The service's own role can work in the database.</summary>
internal sealed class DatabaseReachable(DatabaseConnections connections) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var connection = new NpgsqlConnection(connections.Application);
            await connection.OpenAsync(cancellationToken);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (NpgsqlException cause)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", cause);
        }
    }
}

/// <summary>Every migration this version carries has been applied.</summary>
internal sealed class DatabaseMigrated(DatabaseConnections connections) : IHealthCheck
{
    private static readonly string[] Carried =
    [
        .. typeof(DatabaseMigrated).Assembly.GetTypes().Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>(),
    ];

    // Nothing takes a migration away while the service runs.
    private volatile bool complete;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (complete) return HealthCheckResult.Healthy();

        try
        {
            var pending = Carried.Except(await AppliedAsync(cancellationToken)).Count();
            complete = pending == 0;
            return complete ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"{pending} migrations are pending; run 'migrate'.");
        }
        catch (NpgsqlException cause)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", cause);
        }
    }

    private async Task<List<string>> AppliedAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connections.Application);
        await connection.OpenAsync(ct);
        await using var exists = new NpgsqlCommand("select to_regclass('\"__EFMigrationsHistory\"') is not null", connection);
        if (await exists.ExecuteScalarAsync(ct) is not true) return [];

        var applied = new List<string>();
        await using var command = new NpgsqlCommand("select * from \"__EFMigrationsHistory\"", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) applied.Add(reader.GetString(0));
        return applied;
    }
}
