using Npgsql;

namespace VppManager.Api.Hosting;

/// <summary>The role the service works as: it owns nothing, cannot bypass row-level security, and reads and writes what the owner makes.</summary>
internal static class DatabaseRoles
{
    public const string Application = "vpp_app";

    // Roles belong to the whole server: services that start together, even on other databases, take turns.
    private const string Statements = $"""
        select pg_advisory_xact_lock(7711003155);
        do $do$
        begin
            if not exists (select from pg_roles where rolname = '{Application}') then
                create role {Application} nologin nosuperuser nobypassrls nocreatedb nocreaterole;
            end if;
            if not pg_has_role(current_user, '{Application}', 'member') then
                execute format('grant {Application} to %I', current_user);
            end if;
        end
        $do$;
        grant usage on schema public to {Application};
        alter default privileges in schema public grant select, insert, update, delete on tables to {Application};
        alter default privileges in schema public grant usage, select on sequences to {Application};
        alter default privileges in schema public grant execute on functions to {Application};
        """;

    /// <summary>Makes the role when it is missing and lets the owner's login become it. Safe to run again, and together.</summary>
    public static async Task EnsureAsync(string owner, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);
        await OpenAsync(connection, ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(Statements, connection, transaction);
        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task OpenAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        try
        {
            await connection.OpenAsync(ct);
        }
        catch (NpgsqlException cause)
        {
            throw new StartRefusedException($"The database of ConnectionStrings:{DatabaseConnections.Setting} could not be opened: {cause.Message}");
        }
    }
}
