using VppManager.Api.Graph.Errors;
using VppManager.Api.Reports;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>What the actions of reports take; SDKs send what is not set as null.</summary>
internal sealed record ReportBody
{
    public string? Name { get; init; }
    public string? Filter { get; init; }
    public string? Search { get; init; }
    public string? SessionId { get; init; }
    public List<string>? Select { get; init; }
    public List<string>? GroupBy { get; init; }
    public List<string>? OrderBy { get; init; }
    public int? Skip { get; init; }
    public int? Top { get; init; }

    public ReportRequest ToRequest() => Skip < 0 || Top < 0
        ? throw GraphFault.BadRequest("'skip' and 'top' cannot be negative.")
        : new ReportRequest
        {
            Filter = Filter,
            Search = Search,
            Select = Select ?? [],
            GroupBy = GroupBy ?? [],
            OrderBy = OrderBy ?? [],
            Skip = Skip ?? 0,
            Top = Top,
        };
}
