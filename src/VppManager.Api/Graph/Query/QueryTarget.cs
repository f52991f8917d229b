using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Query;

/// <summary>What a query string is about: a type in a version of Graph, and the properties that $search looks into.</summary>
internal sealed record QueryTarget(GraphModel Model, Type ClrType, IReadOnlyList<string> Searched)
{
    private const int DeepestExpand = 2;
    private const int MostExpands = 10;

    public IEdmEntityType EdmType { get; } = Model.EntityType(ClrType);

    public ODataQueryOptionParser Parser(string option, string text) => Parser(new Dictionary<string, string> { [option] = text });

    public ODataQueryOptionParser Parser(Dictionary<string, string> options) =>
        new(Model.Edm, EdmType, null, options, Model.Services)
        {
            Settings = { MaximumExpansionDepth = DeepestExpand, MaximumExpansionCount = MostExpands },
        };
}
