namespace VppManager.Api.Reports;

internal enum ReportType
{
    Text,
    Guid,
    Number,
    Fraction,
    Moment,
    Flag,
}

/// <summary>A column of a report: its name there, and the column of the view.</summary>
internal sealed record ReportColumn(string Name, string Column, ReportType Type = ReportType.Text)
{
    /// <summary>What the schema of the answer calls the type.</summary>
    public string PropertyType => Type switch
    {
        ReportType.Number => "Int32",
        ReportType.Fraction => "Double",
        ReportType.Moment => "DateTime",
        ReportType.Flag => "Boolean",
        _ => "String",
    };
}

/// <summary>A report: rows of a view under Intune's names, in Intune's order.</summary>
/// <param name="Where">What of the view belongs to it.</param>
/// <param name="Required">The column that a filter must name.</param>
internal sealed record ReportDefinition(
    string View, IReadOnlyList<ReportColumn> Columns, string Order, IReadOnlyList<string> Searched, string Where = "true",
        string? Required = null)
{
    public ReportColumn? Find(string name) =>
        Columns.FirstOrDefault(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
