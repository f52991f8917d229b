using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.ValueGeneration;

namespace VppManager.Api.Data;

/// <summary>A context that works for one tenant. No tenant set: its filters match nothing and <see cref="TenantWall"/> sends nothing.</summary>
internal abstract class TenantDbContext : DbContext
{
    public const string TenantFilter = "tenant";
    public const string TenantColumn = "TenantId";

    protected TenantDbContext(DbContextOptions options) : base(options) =>
        // The tenant is told to PostgreSQL when the transaction starts, so even a single row is saved in one.
        Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;

    public Guid? Tenant { get; set; }

    // A pooled context goes back without its tenant: whoever gets it next must say whom it works for.
    public override void Dispose()
    {
        Tenant = null;
        base.Dispose();
    }

    public override ValueTask DisposeAsync()
    {
        Tenant = null;
        return base.DisposeAsync();
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        KeepTenants();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        KeepTenants();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>Call it first for keys that begin with the tenant, and <see cref="FilterByTenant"/> after every type is known.</summary>
    protected static void OwnedByTenant<T>(ModelBuilder model) where T : class =>
        model.Entity<T>().Property<Guid>(TenantColumn).HasValueGenerator<TenantOfContext>().ValueGeneratedOnAdd();

    /// <summary>The first wall. Every type gets its tenant and the filter, but those that belong to no tenant.</summary>
    protected void FilterByTenant(ModelBuilder model, params IReadOnlyCollection<Type> tenantless)
    {
        var roots = model.Model.GetEntityTypes()
            .Where(type => type.BaseType is null && !type.IsOwned() && !tenantless.Contains(type.ClrType))
            .Select(type => type.ClrType)
            .ToList();

        foreach (var root in roots)
        {
            var entity = model.Entity(root);
            entity.Property<Guid>(TenantColumn).HasValueGenerator<TenantOfContext>().ValueGeneratedOnAdd();
            entity.HasQueryFilter(TenantFilter, OfThisTenant(root));
        }
    }

    // The tenant is part of foreign keys as well; while the row pointed to is not tracked, EF takes the generated value for one that the database will give.
    private void KeepTenants()
    {
        foreach (var entry in ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added))
        {
            if (entry.Metadata.FindProperty(TenantColumn) is not null) entry.Property(TenantColumn).IsTemporary = false;
        }
    }

    private LambdaExpression OfThisTenant(Type type)
    {
        var row = Expression.Parameter(type, "row");
        var owner = Expression.Call(typeof(EF), nameof(EF.Property), [typeof(Guid?)], row, Expression.Constant(TenantColumn));
        var mine = Expression.Property(Expression.Constant(this, typeof(TenantDbContext)), nameof(Tenant));

        return Expression.Lambda(Expression.Equal(owner, mine), row);
    }

    private sealed class TenantOfContext : ValueGenerator<Guid>
    {
        public override bool GeneratesTemporaryValues => false;

        public override Guid Next(EntityEntry entry) =>
            ((TenantDbContext)entry.Context).Tenant ?? throw TenantWall.NoTenant();
    }
}
