namespace VppManager.Api.Hosting;

internal static class DatabaseHosting
{
    /// <summary><see cref="DatabaseConnections"/> for whoever needs a data source, and a database behind them before the first hosted service starts.</summary>
    public static void AddDatabaseConnections(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<DatabaseOptions>(DatabaseOptions.Section);
        builder.Services.AddSingleton(services => DatabaseConnections.From(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddSingleton<PrivatePostgresKeeper>();
        builder.Services.AddHostedService<DatabaseStart>();
        builder.Services.AddHealthChecks()
            .AddCheck<DatabaseReachable>("database", tags: [Health.Ready])
            .AddCheck<DatabaseMigrated>("migrations", tags: [Health.Ready]);
    }
}
