using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace VppManager.Api.Data;

/// <summary>Lets the EF tools make migrations without a database.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<VppContext>
{
    public VppContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<VppContext>().UseNpgsql("Host=none").UseSnakeCaseNamingConvention().Options);
}
