using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Tests.Graph.Views;

public sealed class GraphReadContextTests
{
    [Fact]
    public void Model_OfTheViews_MapsEveryPropertyThatSaysSo()
    {
        using var context = Context();

        foreach (var type in context.Model.GetEntityTypes().Where(type => type.ClrType.Namespace == typeof(Entity).Namespace))
        {
            var mapped = type.GetProperties().Select(property => property.Name)
                .Concat(type.GetNavigations().Select(navigation => navigation.Name))
                .Concat(type.GetSkipNavigations().Select(navigation => navigation.Name));
            Assert.Empty(type.ClrType.GetProperties().Where(GraphName.HasColumn).Select(property => property.Name).Except(mapped));
        }
    }

    [Fact]
    public void Model_EveryRootType_IsFilteredByTenant()
    {
        using var context = Context();

        Assert.All(
            context.Model.GetEntityTypes().Where(type => type.BaseType is null),
            type => Assert.NotNull(type.FindDeclaredQueryFilter("tenant")));
    }

    private static GraphReadContext Context() => new(new DbContextOptionsBuilder<GraphReadContext>().UseNpgsql("Host=none").Options);
}
