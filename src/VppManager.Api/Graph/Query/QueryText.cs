using System.Globalization;
using Microsoft.OData;

namespace VppManager.Api.Graph.Query;

/// <summary>The query options of a request: with or without the dollar sign, in any case.</summary>
internal sealed class QueryText
{
    /// <summary>As much as fits into the line of a request; in a batch there would be no other limit.</summary>
    private const int Longest = 8_000;

    private static readonly HashSet<string> Known =
        ["$filter", "$orderby", "$select", "$expand", "$top", "$skip", "$count", "$skiptoken", "$search", "$format"];

    private readonly Dictionary<string, string> options;

    private QueryText(Dictionary<string, string> options) => this.options = options;

    public string? Filter => options.GetValueOrDefault("$filter");

    public string? OrderBy => options.GetValueOrDefault("$orderby");

    public string? Select => options.GetValueOrDefault("$select");

    public string? Expand => options.GetValueOrDefault("$expand");

    public string? Search => options.GetValueOrDefault("$search");

    public string? SkipToken => options.GetValueOrDefault("$skiptoken");

    public int? Top => Number("$top");

    public int Skip => Number("$skip") ?? 0;

    public bool Count => options.TryGetValue("$count", out var text) && Flag(text);

    /// <summary>Null when nothing in the query string is a query option.</summary>
    public static QueryText? Read(IQueryCollection query)
    {
        Dictionary<string, string>? options = null;

        foreach (var (key, values) in query)
        {
            var name = OptionName(key);

            if (!Known.Contains(name))
            {
                // Anything else is the client's own affair, but an option that is not understood may not be passed over.
                if (key.StartsWith('$'))
                {
                    throw new ODataException($"The query parameter '{key}' is not supported.");
                }
            }
            else if (values is [{ Length: > Longest }])
            {
                throw new ODataException($"Query option '{name}' is longer than {Longest} characters.");
            }
            else if (values.Count != 1 || !(options ??= []).TryAdd(name, values[0] ?? ""))
            {
                throw new ODataException($"Query option '{name}' was specified more than once, but it must be specified at most once.");
            }
        }

        return options is null ? null : new QueryText(options);
    }

    public static string OptionName(string key)
    {
        var lower = key.Trim().ToLowerInvariant();
        return lower.StartsWith('$') ? lower : "$" + lower;
    }

    /// <summary>Refuses every option but these.</summary>
    public void AllowOnly(params ReadOnlySpan<string> allowed)
    {
        foreach (var name in options.Keys)
        {
            if (name != "$format" && !allowed.Contains(name))
            {
                throw new ODataException($"Query option '{name}' is not allowed here.");
            }
        }
    }

    private int? Number(string name) =>
        !options.TryGetValue(name, out var text) ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ODataException($"Invalid value '{text}' for {name} query option found. The {name} query option requires a non-negative integer value.");

    private static bool Flag(string text) =>
        bool.TryParse(text, out var flag) ? flag
            : throw new ODataException($"Invalid value '{text}' for $count query option found. Valid values are 'true' and 'false'.");
}
