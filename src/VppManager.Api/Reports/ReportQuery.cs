using System.Data.Common;
using System.Runtime.CompilerServices;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Reports;

/// <summary>What is asked of a report.</summary>
internal sealed record ReportRequest
{
    public const int MostRows = 10_000;

    public string? Filter { get; init; }
    public string? Search { get; init; }
    public IReadOnlyList<string> Select { get; init; } = [];
    public IReadOnlyList<string> GroupBy { get; init; } = [];
    public IReadOnlyList<string> OrderBy { get; init; } = [];
    public int Skip { get; init; }
    public int? Top { get; init; }
}

/// <summary>A report as one SQL statement: filtered, ordered, grouped and paged by the database.</summary>
internal sealed class ReportQuery
{
    private readonly ReportDefinition report;
    private readonly List<object> values;
    private readonly string from;
    private readonly string grouped;
    private readonly string order;
    private readonly ReportRequest request;

    private ReportQuery(ReportDefinition report, ReportRequest request, IReadOnlyList<ReportColumn> columns, string filter,
        List<object> values, string order)
    {
        (this.report, this.request, Columns, this.values, this.order) = (report, request, columns, values, order);
        from = $"from {report.View} r where r.tenant_id = $1 and ({report.Where}) and ({filter}) and ({Searched()})";
        grouped = request.GroupBy.Count == 0 ? "" : " group by " + string.Join(", ", columns.Select(column => column.Column).Distinct());
    }

    public IReadOnlyList<ReportColumn> Columns { get; }

    public static Outcome<ReportQuery> Of(ReportDefinition report, ReportRequest request)
    {
        var names = request.GroupBy.Count > 0 ? request.GroupBy : request.Select;
        if (names.FirstOrDefault(name => report.Find(name) is null) is { } unknown) return VppError.InvalidValue("select",
            $"there is no column '{unknown}'.");

        List<object> values = [Guid.Empty];
        var filter = ReportFilter.Read(report, request.Filter, values);
        if (!filter.IsOk) return filter.Error;

        IReadOnlyList<ReportColumn> columns = names.Count == 0 ? report.Columns : [.. names.Select(name => report.Find(name)!)];
        var order = OrderOf(report, request, columns);
        return order.IsOk ? new ReportQuery(report, request, columns, filter.Value, values, order.Value) : order.Error;
    }

    /// <summary>How many rows there are in all.</summary>
    public async Task<int> CountAsync(TenantTransaction transaction, CancellationToken ct) =>
        await transaction.ReadOneAsync(
            Command(transaction, $"select count(*)::int from (select {(grouped.Length == 0 ? "1" : "1 as one")} {from}{grouped}) c"),
                row => row.GetInt32(0), ct);

    public Task<List<object?[]>> PageAsync(TenantTransaction transaction, CancellationToken ct)
    {
        var top = Math.Min(request.Top ?? ReportRequest.MostRows, ReportRequest.MostRows);
        return transaction.ReadAsync(Command(transaction, $"{Rows()} offset {Math.Max(request.Skip, 0)} limit {top}"), Row, ct);
    }

    /// <summary>All rows, one after the other.</summary>
    public async IAsyncEnumerable<object?[]> AllAsync(TenantTransaction transaction, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var row in transaction.StreamAsync(Command(transaction, Rows()), Row, ct)) yield return row;
    }

    private string Rows() => $"select {string.Join(", ", Columns.Select(column => column.Column))} {from}{grouped} order by {order}";

    private NpgsqlBatchCommand Command(TenantTransaction transaction, string sql) =>
        Sql.Command(sql, [transaction.Tenant, .. values.Skip(1)]);

    private string Searched()
    {
        if (string.IsNullOrEmpty(request.Search) || report.Searched.Count == 0) return "true";

        values.Add("%" + request.Search.Trim('"').Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal) + "%");
        return string.Join(" or ", report.Searched.Select(column => $"{column} ilike ${values.Count}"));
    }

    private static Outcome<string> OrderOf(ReportDefinition report, ReportRequest request, IReadOnlyList<ReportColumn> columns)
    {
        var keys = new List<string>();
        foreach (var text in request.OrderBy)
        {
            var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is not ([_] or [_, "asc" or "desc"]) || report.Find(words[0]) is not { } column)
                return VppError.InvalidValue("orderBy", $"'{text}' is not a column, or a column and asc or desc.");
            if (request.GroupBy.Count > 0
                && !columns.Contains(column)) return VppError.InvalidValue("orderBy", $"'{words[0]}' is not grouped by.");

            keys.Add(column.Column + (words.Length == 2 ? " " + words[1] : ""));
        }

        if (request.GroupBy.Count > 0) return Outcome.Of(string.Join(", ", keys.Concat(columns.Select(column => column.Column))));
        return Outcome.Of(string.Join(", ", keys.Append(report.Order)));
    }

    private static object?[] Row(DbDataReader row)
    {
        var values = new object?[row.FieldCount];
        for (var column = 0; column < values.Length; column++) values[column] = row.IsDBNull(column) ? null : row.GetValue(column);
        return values;
    }
}
