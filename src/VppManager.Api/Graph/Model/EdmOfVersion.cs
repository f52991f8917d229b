using System.Reflection;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.ModelBuilder;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Model;

/// <summary>The entity data model of a version of Graph, out of the wire types.</summary>
internal static class EdmOfVersion
{
    private static readonly Type[] WireTypes = typeof(Entity).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Entity).Namespace && type.IsClass && !type.IsSubclassOf(typeof(Attribute))
            && !type.IsNested)
        .ToArray();

    public static IEdmModel Build(bool beta)
    {
        var builder = new ODataConventionModelBuilder { Namespace = GraphName.Namespace, ContainerName = "GraphService" };
        builder.EnableLowerCamelCaseForPropertiesAndEnums();

        AddTypes(builder, beta);
        EdmNavigation.Add(builder, beta);
        EdmOperations.Add(builder, beta);

        // After discovery, so that what the builder found for itself is named like the rest.
        builder.OnModelCreating += found =>
        {
            if (!beta) RemoveBeta(found);
            Rename(found, beta);
        };

        var model = (EdmModel)builder.GetEdmModel();
        model.SetNamespaceAlias(GraphName.Namespace, GraphName.Alias);
        return model;
    }

    private static void AddTypes(ODataConventionModelBuilder builder, bool beta)
    {
        builder.Ignore(WireTypes.Where(type => !beta && GraphName.IsBeta(type)).ToArray());

        foreach (var type in WireTypes.Where(type => beta || !GraphName.IsBeta(type)))
        {
            StructuralTypeConfiguration added = type.IsAssignableTo(typeof(Entity)) ? builder.AddEntityType(type)
                : builder.AddComplexType(type);

            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                if (!beta && GraphName.IsBeta(property))
                {
                    added.RemoveProperty(property);
                }
            }
        }

        builder.EntityType<Entity>().Abstract().HasKey(entity => entity.Id);
    }

    // Discovery follows properties of base types into types that the version does not have.
    private static void RemoveBeta(ODataConventionModelBuilder builder)
    {
        foreach (var type in builder.StructuralTypes)
        {
            foreach (var property in type.Properties.Where(property => GraphName.IsBeta(property.PropertyInfo)).ToList())
                type.RemoveProperty(property.PropertyInfo);
        }

        foreach (var type in builder.StructuralTypes.Select(type => type.ClrType).Where(GraphName.IsBeta).ToList()) builder.RemoveStructuralType(type);
        foreach (var type in builder.EnumTypes.Select(type => type.ClrType).Where(GraphName.IsBeta).ToList()) builder.RemoveEnumType(type);
    }

    private static void Rename(ODataConventionModelBuilder builder, bool beta)
    {
        foreach (var type in builder.StructuralTypes)
        {
            type.Namespace = GraphName.Namespace;
            type.Name = GraphName.Of(type.ClrType);
        }

        foreach (var type in builder.EnumTypes)
        {
            type.Namespace = GraphName.Namespace;
            type.Name = GraphName.Of(type.ClrType);
            foreach (var member in type.Members) member.Name = GraphName.Of(member.MemberInfo.ToString());

            foreach (var member in type.ClrType.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Where(field => !beta && GraphName.IsBeta(field)))
            {
                type.RemoveMember((Enum)member.GetValue(null)!);
            }
        }
    }
}
