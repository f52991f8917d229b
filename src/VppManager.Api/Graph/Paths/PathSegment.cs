using System.Text.RegularExpressions;
using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Paths;

/// <summary>One segment of an address.</summary>
internal static partial class PathSegment
{
    /// <summary>vppTokens('id') is vppTokens and id; sync() is sync; getLicensesForApp(bundleId='x') stays as it is.</summary>
    public static IEnumerable<string> Split(string segment)
    {
        var match = InParentheses().Match(segment);

        if (!match.Success || Argument().IsMatch(match.Groups["inner"].Value))
        {
            return [segment];
        }

        var (name, inner) = (match.Groups["name"].Value, match.Groups["inner"].Value);
        return inner.Length == 0 ? [name] : [name, Unquoted(inner)];
    }

    /// <summary>Types in full and in their own case; actions and functions without their namespace.</summary>
    public static string Name(string segment, GraphModel model)
    {
        var full = GraphName.WithoutAlias(segment);

        if (!full.StartsWith(GraphName.Namespace + ".", StringComparison.OrdinalIgnoreCase))
        {
            return segment;
        }

        var name = full[(GraphName.Namespace.Length + 1)..];
        var type = model.Edm.SchemaElements.OfType<IEdmSchemaType>()
            .FirstOrDefault(some => some.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return type?.FullName() ?? (model.HasOperation(name) ? name : segment);
    }

    private static string Unquoted(string key) =>
        key.Length >= 2 && key[0] == '\'' && key[^1] == '\'' ? key[1..^1].Replace("''", "'", StringComparison.Ordinal) : key;

    [GeneratedRegex(@"^(?<name>[\w.$]+)\((?<inner>.*)\)$")]
    private static partial Regex InParentheses();

    [GeneratedRegex(@"^\w+\s*=")]
    private static partial Regex Argument();
}
