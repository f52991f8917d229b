using Microsoft.Extensions.Configuration;
using Npgsql;
using VppManager.Api.Hosting;

namespace VppManager.Api.Tests.Hosting;

public sealed class DatabaseConnectionsTests
{
    [Fact]
    public void From_ConnectionGiven_UsesItForBothRoles()
    {
        var given = DatabaseConnections.From(Configuration(("ConnectionStrings:VppManager", "Host=db;Username=owner;Password=p;Options=-c work_mem=8MB")));

        Assert.Null(given.PrivateFolder);
        Assert.Equal("-c work_mem=8MB", new NpgsqlConnectionStringBuilder(given.Owner).Options);
        Assert.Equal("-c work_mem=8MB -c role=vpp_app -c jit=off", new NpgsqlConnectionStringBuilder(given.Application).Options);
        Assert.DoesNotContain("Password", given.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void From_ApplicationConnectionGiven_IsLeftAsItIs()
    {
        var given = DatabaseConnections.From(Configuration(
            ("ConnectionStrings:VppManager", "Host=db;Username=owner"), ("ConnectionStrings:VppManagerApplication", "Host=db;Username=app")));

        Assert.Equal("app", new NpgsqlConnectionStringBuilder(given.Application).Username);
        Assert.Null(new NpgsqlConnectionStringBuilder(given.Application).Options);
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
}
