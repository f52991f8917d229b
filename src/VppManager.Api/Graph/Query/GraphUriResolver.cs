using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Query;

/// <summary>Names as Graph takes them: options without a dollar sign, any case, the alias, and types that are not ours.</summary>
internal sealed class GraphUriResolver : UnqualifiedODataUriResolver
{
    private readonly IEdmModel edm;

    public GraphUriResolver(IEdmModel edm)
    {
        this.edm = edm;
        EnableCaseInsensitive = true;
        EnableNoDollarQueryOptions = true;
    }

    // Clients ask for kinds of apps that exist elsewhere in Graph. Such a type is an app of which there is none.
    public override IEdmSchemaType ResolveType(IEdmModel model, string typeName)
    {
        var name = GraphName.WithoutAlias(typeName);
        return base.ResolveType(model, name) ?? (IsTypeOfGraph(name) ? Unknown(name) : null!);
    }

    // target/groupId: Graph's clients leave out the cast to the one kind of target that has it. And the directory's objects are open in Graph:
    // clients select displayName of members of every kind.
    public override IEdmProperty ResolveProperty(IEdmStructuredType type, string propertyName) =>
        base.ResolveProperty(type, propertyName)
        ?? (type is IEdmComplexType || OpenProperties.IsOpen(type)
            ? edm.FindAllDerivedTypes(type).Select(derived => base.ResolveProperty(derived, propertyName))
            .FirstOrDefault(found => found is not null) : null)!;

    // An enum's literal is asked for as if it were a type: microsoft.graph.vppTokenState'valid'.
    private static bool IsTypeOfGraph(string name) =>
        name.StartsWith(GraphName.Namespace + ".", StringComparison.Ordinal) && !name.Contains('\'', StringComparison.Ordinal);

    private EdmEntityType Unknown(string name) =>
        new(
            GraphName.Namespace,
            name[(GraphName.Namespace.Length + 1)..],
            (IEdmEntityType)edm.FindDeclaredType(GraphName.Full(typeof(Wire.MobileApp))),
            isAbstract: true,
            isOpen: true);
}
