using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData;

namespace VppManager.Api.Graph.Query;

/// <summary>
/// $search="text" and, as the directory has it, $search="displayName:text": every text must be found in one of the properties.
/// </summary>
internal static partial class Searching
{
    public static LambdaExpression Of(Type type, IReadOnlyList<string> properties, string search)
    {
        if (properties.Count == 0)
        {
            throw new ODataException("The query option '$search' is not supported here.");
        }

        var row = Expression.Parameter(type, "row");
        var all = Texts(search)
            .Select(text => Found(row, properties, text))
            .Aggregate(Expression.AndAlso);
        return Expression.Lambda(all, row);
    }

    private static List<string> Texts(string search)
    {
        var match = Terms().Match(search.Trim());

        return match.Success
            ? [.. match.Groups["text"].Captures.Select(capture => capture.Value.Replace("\\\"", "\"", StringComparison.Ordinal))]
            : throw new ODataException($"The text '{search}' of $search is not valid. It must be in double quotes.");
    }

    private static Expression Found(ParameterExpression row, IReadOnlyList<string> properties, string text)
    {
        var named = properties.FirstOrDefault(name => text.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        var sought = named is null ? text : text[(named.Length + 1)..];

        return (named is null ? properties : [named])
            .Select(name => (Expression)Like(OpenProperties.Access(row, name), sought))
            .Aggregate(Expression.OrElse);
    }

    private static MethodCallExpression Like(Expression property, string text)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
        return Expression.Call(
            typeof(NpgsqlDbFunctionsExtensions),
            nameof(NpgsqlDbFunctionsExtensions.ILike),
            null,
            Expression.Constant(EF.Functions),
            property,
            Lambdas.Parameter("%" + escaped + "%"),
            Expression.Constant("\\"));
    }

    [GeneratedRegex("""^"(?<text>(?:\\"|[^"])+)"(?:\s+(?:AND\s+)?"(?<text>(?:\\"|[^"])+)")*$""")]
    private static partial Regex Terms();
}
