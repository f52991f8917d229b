using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using VppManager.Api.Data;

namespace VppManager.Api.Reports;

/// <summary>A report as a file in a zip, written while it is read: however many rows there are, memory stays the same.</summary>
internal static class ExportFile
{
    private const int FlushAt = 64 * 1024;

    public static async Task WriteAsync(Stream target, ExportJob job, ReportQuery query, TenantTransaction transaction,
        CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(target, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        var entry = zip.CreateEntry($"{job.Id}.{job.Format}", CompressionLevel.Fastest);
        await using var file = await entry.OpenAsync(ct);
        var columns = Shown(job, query);
        if (job.Format == "json") await WriteJsonAsync(file, columns, query.AllAsync(transaction, ct), ct);
        else await WriteCsvAsync(file, columns, query.AllAsync(transaction, ct), ct);
    }

    /// <summary>Words for people stand beside the codes, or in their place.</summary>
    private static List<(string Name, int At)> Shown(ExportJob job, ReportQuery query)
    {
        var all = query.Columns.Select((column, at) => (column.Name, At: at)).ToList();
        if (job.LocalizationType != "replaceLocalizableValues") return all;

        int Words(string name) => all.FindIndex(other => other.Name == name + "_loc");
        return [.. all.Where(column => !column.Name.EndsWith("_loc", StringComparison.Ordinal))
            .Select(column => (column.Name, Words(column.Name) is >= 0 and var words ? words : column.At))];
    }

    private static async Task WriteCsvAsync(Stream file, List<(string Name, int At)> columns, IAsyncEnumerable<object?[]> rows,
        CancellationToken ct)
    {
        var text = new StringBuilder(string.Join(',', columns.Select(column => column.Name))).Append("\r\n");
        await foreach (var row in rows)
        {
            text.AppendJoin(',', columns.Select(column => Cell(row[column.At]))).Append("\r\n");
            if (text.Length < FlushAt) continue;

            await file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
            text.Clear();
        }

        await file.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
    }

    private static async Task WriteJsonAsync(Stream file, List<(string Name, int At)> columns, IAsyncEnumerable<object?[]> rows,
        CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(file, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartArray("values");
        await foreach (var row in rows)
        {
            json.WriteStartObject();
            foreach (var (name, at) in columns)
            {
                json.WritePropertyName(name);
                ReportJson.WriteValue(json, row[at]);
            }

            json.WriteEndObject();
            if (json.BytesPending > FlushAt) await json.FlushAsync(ct);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(ct);
    }

    // A text that a spreadsheet would take for a formula is kept a text.
    private static string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture),
            string word when word.Length > 0 && word[0] is '=' or '+' or '-' or '@' => "'" + word,
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString()!,
        };
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
