using Npgsql;
using NpgsqlTypes;

namespace VppManager.Api.Data;

/// <summary>Commands with positional parameters.</summary>
internal static class Sql
{
    public static NpgsqlBatchCommand Command(string text, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values) command.Parameters.Add(Parameter(value));
        return command;
    }

    private static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        NpgsqlParameter typed => typed,
        DateTimeOffset moment => new NpgsqlParameter { Value = moment.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz },
        Guid?[] guids => new NpgsqlParameter { Value = guids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid },
        string?[] texts => new NpgsqlParameter { Value = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        _ => new NpgsqlParameter { Value = value },
    };
}
