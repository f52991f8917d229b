using System.Text.Json;

namespace VppManager.Api.Reports;

/// <summary>A page of a report as Intune gives it: a schema, and rows by position.</summary>
internal static class ReportJson
{
    public static void Write(Utf8JsonWriter json, int total, IReadOnlyList<ReportColumn> columns, IEnumerable<object?[]> rows,
        string sessionId)
    {
        json.WriteStartObject();
        json.WriteNumber("TotalRowCount", total);
        json.WriteStartArray("Schema");
        foreach (var column in columns)
        {
            json.WriteStartObject();
            json.WriteString("Column", column.Name);
            json.WriteString("PropertyType", column.PropertyType);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("Values");
        foreach (var row in rows) WriteRow(json, row);
        json.WriteEndArray();
        json.WriteString("SessionId", sessionId);
        json.WriteEndObject();
    }

    public static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case DateTime moment: json.WriteStringValue(moment); break;
            case Guid id: json.WriteStringValue(id); break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }

    private static void WriteRow(Utf8JsonWriter json, object?[] row)
    {
        json.WriteStartArray();
        foreach (var value in row) WriteValue(json, value);
        json.WriteEndArray();
    }
}
