using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

/// <summary>What all mappings of wire types on views have in common.</summary>
internal static class ViewMapping
{
    public static EntityTypeBuilder<TEntity> View<TEntity>(this ModelBuilder model, string view) where TEntity : Entity
    {
        var entity = model.Entity<TEntity>().WithoutAbsentColumns();
        entity.ToView(view);
        entity.HasKey(row => row.Id);
        return entity;
    }

    /// <summary>Ids that are uuid in the view.</summary>
    public static EntityTypeBuilder<TEntity> Guids<TEntity>(
        this EntityTypeBuilder<TEntity> entity, params ReadOnlySpan<Expression<Func<TEntity, string?>>> ids) where TEntity : class
    {
        foreach (var id in ids)
        {
            entity.Property(id!).HasConversion<GuidText>();
        }

        return entity;
    }

    public static EntityTypeBuilder<TEntity> WithoutAbsentColumns<TEntity>(this EntityTypeBuilder<TEntity> entity) where TEntity : class
    {
        var absent = typeof(TEntity).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => !GraphName.HasColumn(property));

        foreach (var property in absent)
        {
            entity.Ignore(property.Name);
        }

        return entity;
    }
}
