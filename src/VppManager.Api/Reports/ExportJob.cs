namespace VppManager.Api.Reports;

/// <summary>A report that somebody wants as a file. The file is written while it is downloaded.</summary>
internal sealed class ExportJob
{
    /// <summary>The name of the report and a GUID.</summary>
    public required string Id { get; init; }

    public required string ReportName { get; init; }
    public string? Filter { get; init; }
    public string? Search { get; init; }
    public string[] Select { get; init; } = [];
    public required string Format { get; init; }
    public required string LocalizationType { get; init; }
    public string? SnapshotId { get; init; }

    /// <summary>Those to which whoever asked is bound; null: to none.</summary>
    public string[]? ScopeTags { get; init; }

    public DateTimeOffset RequestedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
}
