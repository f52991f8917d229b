namespace VppManager.Api.Graph.Wire;

internal sealed class DeviceManagementExportJob : Entity
{
    public DateTimeOffset ExpirationDateTime { get; set; }

    public string? Filter { get; set; }

    public DeviceManagementReportFileFormat Format { get; set; }

    public DeviceManagementExportJobLocalizationType LocalizationType { get; set; }

    public string? ReportName { get; set; }

    public DateTimeOffset RequestDateTime { get; set; }

    [Beta] public string? Search { get; set; }

    public List<string> Select { get; set; } = [];

    public string? SnapshotId { get; set; }

    public DeviceManagementReportStatus Status { get; set; }

    [NoColumn, Needs(nameof(GoodUntil))] public string? Url { get; set; }

    /// <summary>Not Graph's: until when the address of the file is good.</summary>
    internal DateTimeOffset GoodUntil { get; set; }
}

/// <summary>The singleton that export jobs hang on.</summary>
internal sealed class DeviceManagementReports : Entity
{
    public List<DeviceManagementExportJob> ExportJobs { get; set; } = [];
}

internal enum DeviceManagementReportFileFormat
{
    Csv,
    Pdf,
    Json,
    UnknownFutureValue,
}

internal enum DeviceManagementExportJobLocalizationType
{
    LocalizedValuesAsAdditionalColumn,
    ReplaceLocalizableValues,
}

internal enum DeviceManagementReportStatus
{
    Unknown,
    NotStarted,
    InProgress,
    Completed,
    Failed,
}
