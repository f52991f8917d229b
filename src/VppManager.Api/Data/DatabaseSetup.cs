using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using VppManager.Api.Assignments;

namespace VppManager.Api.Data;

/// <summary>Brings a database up to date: migrations, views, walls, Quartz's tables. Run by the owner; safe to run twice and from several instances at once.</summary>
internal static class DatabaseSetup
{
    private const long SetupLock = 0x56505053; // "VPPS"

    // For views, which have no parameters: the same words as everywhere else.
    private const string DeviceIntentsFunction = $"""
        drop function if exists graph_device_intents(uuid, uuid[]);
        create function graph_device_intents(uuid, uuid[]) returns table (app_id uuid, intent text, is_offered boolean) language sql stable rows 50 as $function$
        {DeviceIntents.Sql}
        select i.app_id, i.intent, i.is_offered from intents i
        $function$;

        """;

    public static async Task ApplyAsync(string ownerConnectionString, CancellationToken ct)
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false });
        await using var connection = await owner.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, $"select pg_advisory_lock({SetupLock})", ct);

        await using var context = OwnerContext(ownerConnectionString);
        await context.Database.MigrateAsync(ct);

        // New tables need their walls and rights, too, though nothing else of the setup has changed.
        var setup = SetupSql();
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(setup + string.Join(',', context.Database.GetMigrations()))));
        if (await IsAppliedAsync(connection, hash, ct)) return;

        await using var transaction = await connection.BeginTransactionAsync(ct);
        await ExecuteAsync(connection, setup, ct);
        await ExecuteAsync(connection, $"truncate setup_applied; insert into setup_applied values ('{hash}')", ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Whether the model has changes that no migration carries.</summary>
    public static bool HasPendingModelChanges()
    {
        using var context = OwnerContext("Host=none");
        return context.Database.HasPendingModelChanges();
    }

    private static VppContext OwnerContext(string connectionString) =>
        new(new DbContextOptionsBuilder<VppContext>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention().Options);

    private static string SetupSql() =>
        EmbeddedSql.Read("Setup.drop_views.sql") + DeviceIntentsFunction + EmbeddedSql.ReadAll("Views") + QuartzTables()
            + EmbeddedSql.Read("Setup.scope_tags.sql") + EmbeddedSql.Read("Setup.audit.sql") + EmbeddedSql.Read("Setup.tenants.sql")
            + EmbeddedSql.Read("Setup.walls.sql");

    private static async Task<bool> IsAppliedAsync(NpgsqlConnection connection, string hash, CancellationToken ct)
    {
        await ExecuteAsync(connection, "create table if not exists setup_applied (hash text not null)", ct);
        await using var command = new NpgsqlCommand("select exists (select from setup_applied where hash = $1)", connection)
        {
            Parameters = { new NpgsqlParameter { Value = hash } },
        };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static string QuartzTables()
    {
        using var stream = typeof(Quartz.IJob).Assembly.GetManifestResourceStream("Quartz.Impl.AdoJobStore.Schema.create_postgres.sql")!;
        using var reader = new StreamReader(stream);
        return "create schema if not exists quartz;\n"
            + reader.ReadToEnd().Replace("{0}", "quartz.qrtz_", StringComparison.Ordinal).Replace("{1}", "qrtz_", StringComparison.Ordinal)
                .Replace("--;;", ";", StringComparison.Ordinal) + ";\n";
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
