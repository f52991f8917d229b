using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Npgsql;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Directory;

/// <summary>A database without a service on it: nobody takes the marks away before a test has seen them.</summary>
public sealed class DirectoryFixture(PostgresFixture postgres) : IAsyncLifetime
{
    private NpgsqlDataSource application = null!;

    internal NpgsqlDataSource Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:VppManager", connection)]).Build();
        Owner = NpgsqlDataSource.Create(connection);
        application = NpgsqlDataSource.Create(DatabaseConnections.From(configuration).Application);
    }

    internal DirectoryOfTenant Tenant() => new(this, Guid.CreateVersion7());

    internal VppContext Context() => new(new DbContextOptionsBuilder<VppContext>()
        .UseNpgsql(application).UseSnakeCaseNamingConvention().AddInterceptors(new TenantWall()).Options);

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        await Owner.DisposeAsync();
    }
}
