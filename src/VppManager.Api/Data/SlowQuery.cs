using Npgsql;

namespace VppManager.Api.Data;

/// <summary>A query that was given up because it took longer than it may.</summary>
internal static class SlowQuery
{
    public const string Message = "The query takes too long. Ask for less at a time.";

    // EF Core wraps what might go well another time.
    public static bool IsOne(Exception fault) => fault switch
    {
        PostgresException canceled => canceled.SqlState == PostgresErrorCodes.QueryCanceled,
        NpgsqlException { InnerException: TimeoutException } => true,
        InvalidOperationException { InnerException: NpgsqlException inner } => IsOne(inner),
        _ => false,
    };
}
