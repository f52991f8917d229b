using System.Globalization;
using System.Text.RegularExpressions;
using VppManager.Core;

namespace VppManager.Api.Reports;

/// <summary>The filter of a report, (ApplicationId eq '…') and InstallState ne '1', as SQL with parameters.</summary>
internal sealed partial class ReportFilter
{
    private const int Deepest = 32;

    private static readonly Dictionary<string, string> Comparisons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["eq"] = "=",
        ["ne"] = "<>",
        ["gt"] = ">",
        ["ge"] = ">=",
        ["lt"] = "<",
        ["le"] = "<=",
    };

    private readonly ReportDefinition report;
    private readonly List<object> values;
    private readonly HashSet<string> named = [];
    private readonly List<string> words;
    private int at;
    private int depth;

    private ReportFilter(ReportDefinition report, string text, List<object> values)
    {
        this.report = report;
        this.values = values;
        words = [.. Words().Matches(text).Select(match => match.Value)];
        if (string.Concat(words).Length != WhiteSpaceOutsideTexts().Replace(text, "$1")
            .Length) throw new ReportFilterException("it is not readable.");
    }

    /// <param name="report">What is filtered.</param>
    /// <param name="filter">The text; null for none.</param>
    /// <param name="values">The values of the command so far; those of the filter are added.</param>
    /// <returns>SQL, or what is wrong with the filter.</returns>
    public static Outcome<string> Read(ReportDefinition report, string? filter, List<object> values)
    {
        try
        {
            var parser = new ReportFilter(report, filter ?? "", values);
            var sql = string.IsNullOrWhiteSpace(filter) ? "true" : parser.All();
            return report.Required is { } required && !parser.named.Contains(required)
                ? VppError.InvalidValue("filter", $"the report needs a filter on {required}.")
                : Outcome.Of(sql);
        }
        catch (ReportFilterException fault)
        {
            return VppError.InvalidValue("filter", fault.Message);
        }
    }

    private string All()
    {
        var sql = Or();
        return at == words.Count ? sql : throw Unexpected();
    }

    private string Or()
    {
        var sql = And();
        while (Takes("or")) sql = $"({sql} or {And()})";
        return sql;
    }

    private string And()
    {
        var sql = Term();
        while (Takes("and")) sql = $"({sql} and {Term()})";
        return sql;
    }

    private string Term()
    {
        if (++depth > Deepest) throw new ReportFilterException("it is nested too deeply.");

        var sql = Takes("not") ? $"not ({Term()})" : Takes("(") ? InParentheses() : Comparison();
        depth--;
        return sql;
    }

    private string InParentheses()
    {
        var sql = Or();
        return Takes(")") ? sql : throw Unexpected();
    }

    private string Comparison()
    {
        var name = Next();
        if (Takes("(")) return Contains(name);

        var column = ColumnOf(name);
        var comparison = Comparisons.GetValueOrDefault(Next()) ?? throw Unexpected();
        var value = Next();
        if (value.Equals("null", StringComparison.OrdinalIgnoreCase)) return $"{column.Column} is {(comparison == "=" ? "" : "not ")}null";

        values.Add(ValueOf(column, value));
        return $"{column.Column} {comparison} ${values.Count}";
    }

    private string Contains(string function)
    {
        var column = ColumnOf(Next());
        if (!Takes(",")) throw Unexpected();

        var text = TextOf(Next()).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);
        if (!Takes(")")) throw Unexpected();

        values.Add(function.ToUpperInvariant() switch
        {
            "CONTAINS" => $"%{text}%",
            "STARTSWITH" => $"{text}%",
            _ => throw new ReportFilterException($"'{function}' is not known."),
        });
        return $"{column.Column}::text ilike ${values.Count}";
    }

    private ReportColumn ColumnOf(string name)
    {
        var column = report.Find(name) ?? throw new ReportFilterException($"there is no column '{name}'.");
        named.Add(column.Name);
        return column;
    }

    // Numbers come in quotes as well.
    private static object ValueOf(ReportColumn column, string word)
    {
        var text = TextOf(word);
        return column.Type switch
        {
            ReportType.Guid when Guid.TryParse(text, out var id) => id,
            ReportType.Number when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) =>
                number,
            ReportType.Fraction when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            ReportType.Flag when bool.TryParse(text, out var flag) => flag,
            ReportType.Moment when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                out var moment) => moment.ToUniversalTime(),
            ReportType.Text when !text.Contains('\0', StringComparison.Ordinal) => text,
            _ => throw new ReportFilterException($"'{text}' does not fit the column {column.Name}."),
        };
    }

    private static string TextOf(string word) =>
        word.Length >= 2 && word[0] == '\'' ? word[1..^1].Replace("''", "'", StringComparison.Ordinal) : word;

    private string Next() => at < words.Count ? words[at++] : throw Unexpected();

    private bool Takes(string word)
    {
        if (at >= words.Count || !words[at].Equals(word, StringComparison.OrdinalIgnoreCase)) return false;

        at++;
        return true;
    }

    private ReportFilterException Unexpected() =>
        new(at <= words.Count && at > 0 ? $"it is not understood near '{words[at - 1]}'." : "it is not complete.");

    [GeneratedRegex(@"'(?:[^']|'')*'|[(),]|[^\s(),']+")]
    private static partial Regex Words();

    [GeneratedRegex(@"('(?:[^']|'')*')|\s+")]
    private static partial Regex WhiteSpaceOutsideTexts();

    private sealed class ReportFilterException(string message) : Exception(message);
}
