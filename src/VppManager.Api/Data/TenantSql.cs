using System.Data.Common;
using Npgsql;

namespace VppManager.Api.Data;

/// <summary>The setting that row-level security reads, for the length of one transaction.</summary>
internal static class TenantSql
{
    public const string Parameter = "app_tenant";
    public const string Named = "select set_config('app.tenant', @" + Parameter + ", true);\n";

    /// <summary>The first command of a raw Npgsql batch.</summary>
    public static NpgsqlBatchCommand For(Guid tenant) =>
        new("select set_config('app.tenant', $1, true)") { Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString() } } };

    /// <summary>The first command of a raw Npgsql transaction.</summary>
    public static NpgsqlCommand For(Guid tenant, DbTransaction transaction) =>
        new("select set_config('app.tenant', $1, true)", (NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString() } },
        };
}
