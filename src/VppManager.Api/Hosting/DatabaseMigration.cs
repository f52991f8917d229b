using VppManager.Api.Data;

namespace VppManager.Api.Hosting;

/// <summary>Brings a database to what this version needs: the roles first, for what is made afterwards is granted to them.</summary>
internal static class DatabaseMigration
{
    public static async Task ApplyAsync(DatabaseConnections connections, CancellationToken ct)
    {
        await DatabaseRoles.EnsureAsync(connections.Owner, ct);
        await DatabaseSetup.ApplyAsync(connections.Owner, ct);
    }
}
