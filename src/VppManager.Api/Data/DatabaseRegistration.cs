using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Hosting;

namespace VppManager.Api.Data;

internal static class DatabaseRegistration
{
    /// <summary>The data source and the contexts, all working as the role of the service.</summary>
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider =>
        {
            var source = new NpgsqlDataSourceBuilder(provider.GetRequiredService<DatabaseConnections>().Application);
            source.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
            return source.Build();
        });
        services.AddSingleton<TenantWall>();
        services.AddDbContextPool<VppContext>((provider, options) => options
            .UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>())
            .UseSnakeCaseNamingConvention()
            .AddInterceptors(provider.GetRequiredService<TenantWall>()));
        services.AddDbContext<KeysContext>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()).UseSnakeCaseNamingConvention());
        services.AddSettings<KeyProtectionOptions>(KeyProtectionOptions.Section);
        services.AddSingleton<IValidateOptions<KeyProtectionOptions>, KeyProtectionCheck>();
        services.AddProtectedKeys(builder.Configuration);
    }
}

/// <summary>The keys that protect secrets at rest, shared by all instances.</summary>
internal sealed class KeysContext(DbContextOptions<KeysContext> options) : DbContext(options), IDataProtectionKeyContext
{
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();
}
