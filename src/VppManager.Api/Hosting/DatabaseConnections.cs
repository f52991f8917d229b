using Npgsql;

namespace VppManager.Api.Hosting;

/// <summary>
/// The two ways into one database. <paramref name="Owner"/> owns the tables and migrates; the service itself works through
/// <paramref name="Application"/>, whose every session runs as a role that owns nothing and is bound by row-level security.
/// </summary>
internal sealed record DatabaseConnections(string Owner, string Application)
{
    public const string Setting = "VppManager";
    public const string ApplicationSetting = "VppManagerApplication";

    /// <summary>The folders of the private PostgreSQL, or null when a connection string was given.</summary>
    public PostgresFolder? PrivateFolder { get; private init; }

    public static DatabaseConnections From(IConfiguration configuration)
    {
        if (configuration.GetConnectionString(Setting) is { Length: > 0 } given)
        {
            return new DatabaseConnections(Named(given), configuration.GetConnectionString(ApplicationSetting) is { Length: > 0 } application
                ? Named(application)
                : AsApplicationRole(given));
        }

        var folder = PostgresFolder.Under(DatabaseOptions.DataDirectoryOf(configuration));
        return new DatabaseConnections(Named(folder.ConnectionString), AsApplicationRole(folder.ConnectionString)) { PrivateFolder = folder };
    }

    // A role given as a start-up option is what the session falls back to when the pool resets it (DISCARD ALL).
    private static string AsApplicationRole(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(Named(connectionString));
        // Compiling a plan takes longer than most of them run.
        builder.Options = $"{builder.Options} -c role={DatabaseRoles.Application} -c jit=off".Trim();
        return builder.ConnectionString;
    }

    private static string Named(string connectionString)
    {
        var builder = new NpgsqlConnectionStringBuilder(connectionString);
        builder.ApplicationName ??= "VppManager";
        return builder.ConnectionString;
    }

    // A record prints its members; these hold passwords.
    public override string ToString() => nameof(DatabaseConnections);
}
