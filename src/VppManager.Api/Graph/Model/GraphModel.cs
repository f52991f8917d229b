using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.ModelBuilder;
using Microsoft.OData.UriParser;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Writing;

namespace VppManager.Api.Graph.Model;

/// <summary>One version of Graph: its entity data model, and for every type what is written of it.</summary>
internal sealed class GraphModel
{
    private readonly ConcurrentDictionary<IEdmStructuredType, TypeView> views = new();
    private readonly HashSet<string> operations;

    private GraphModel(string version, bool isBeta)
    {
        Version = version;
        IsBeta = isBeta;
        Edm = EdmOfVersion.Build(isBeta);
        operations = Edm.SchemaElements.OfType<IEdmOperation>().Select(operation => operation.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        Services = new ServiceCollection()
            .AddDefaultODataServices(ODataVersion.V4)
            .AddSingleton(Edm)
            .AddSingleton<ODataUriResolver>(new GraphUriResolver(Edm))
            .BuildServiceProvider();
    }

    public static GraphModel V1 { get; } = new("v1.0", isBeta: false);

    public static GraphModel Beta { get; } = new("beta", isBeta: true);

    public static IReadOnlyList<GraphModel> Versions { get; } = [V1, Beta];

    public string Version { get; }

    public bool IsBeta { get; }

    public IEdmModel Edm { get; }

    /// <summary>What the URI parser asks for, with our resolver in it.</summary>
    public IServiceProvider Services { get; }

    public IEdmEntityType EntityType(Type type) => (IEdmEntityType)Edm.FindDeclaredType(GraphName.Full(type));

    public bool HasOperation(string name) => operations.Contains(name.Split('(')[0]);

    public Type? ClrType(IEdmType type) => Edm.GetAnnotationValue<ClrTypeAnnotation>(type)?.ClrType;

    public PropertyInfo ClrProperty(IEdmProperty property) =>
        Edm.GetAnnotationValue<ClrPropertyInfoAnnotation>(property)?.ClrPropertyInfo
        ?? ClrType((IEdmType)property.DeclaringType)!.GetProperty(property.Name,
            BindingFlags.IgnoreCase | BindingFlags.Public | BindingFlags.Instance)!;

    public IEnumerable<IEdmStructuredType> SelfAndDerived(IEdmStructuredType type) => Edm.FindAllDerivedTypes(type).Prepend(type);

    /// <summary>Everything but navigation: the answer without $select and $expand.</summary>
    public TypeView FullView(IEdmStructuredType type) => views.GetOrAdd(type, declared => new TypeView(this, declared, null));
}
