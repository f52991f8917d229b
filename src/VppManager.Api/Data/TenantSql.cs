using System.Data.Common;
using Npgsql;
using VppManager.Api.Access;

namespace VppManager.Api.Data;

/// <summary>
/// The settings that row-level security and the audit log read, for the length of one transaction: the tenant, and what the request that is being
/// served adds to it.
/// </summary>
internal static class TenantSql
{
    private const string Tenant = "set_config('app.tenant', {0}, true)";
    private const string Tags = "set_config('app.scope_tags', {0}, true)";
    private const string Audit = "set_config('app.audit', {0}, true)";

    // The usual case of a read.
    private const string TenantAlone = "select set_config('app.tenant', @app_setting0, true);\n";

    /// <summary>Puts the settings in front of a command that runs in no transaction.</summary>
    public static void PutInFront(DbCommand command, Guid tenant)
    {
        if (RequestOrigin.Current is null)
        {
            command.CommandText = TenantAlone + command.CommandText;
            command.Parameters.Add(new NpgsqlParameter<string>("app_setting0", tenant.ToString()));
            return;
        }

        var settings = Settings(tenant);
        var calls = new string[settings.Count];
        for (var i = 0; i < settings.Count; i++)
        {
            calls[i] = Call(settings[i].Function, $"@app_setting{i}");
            command.Parameters.Add(new NpgsqlParameter<string>($"app_setting{i}", settings[i].Value));
        }

        command.CommandText = $"select {string.Join(", ", calls)};\n{command.CommandText}";
    }

    /// <summary>The first command of a raw Npgsql batch.</summary>
    public static NpgsqlBatchCommand For(Guid tenant)
    {
        var settings = Settings(tenant);
        var command = new NpgsqlBatchCommand(Positional(settings));
        foreach (var (_, value) in settings) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        return command;
    }

    /// <summary>The first command of a raw Npgsql batch that sees the whole tenant, whoever asks, and changes nothing.</summary>
    public static NpgsqlBatchCommand Whole(Guid tenant) =>
        new($"select {Call(Tenant, "$1")}") { Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString() } } };

    /// <summary>The first command of a raw Npgsql transaction.</summary>
    public static NpgsqlCommand For(Guid tenant, DbTransaction transaction)
    {
        var settings = Settings(tenant);
        var command = new NpgsqlCommand(Positional(settings), (NpgsqlConnection)transaction.Connection!, (NpgsqlTransaction)transaction);
        foreach (var (_, value) in settings) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value });
        return command;
    }

    private static List<(string Function, string Value)> Settings(Guid tenant)
    {
        var settings = new List<(string, string)>(1) { (Tenant, tenant.ToString()) };
        if (RequestOrigin.Current is not { } origin) return settings;

        if (origin.Tags is { } tags) settings.Add((Tags, tags));
        if (origin.Audit is { } audit) settings.Add((Audit, audit));
        return settings;
    }

    private static string Positional(List<(string Function, string Value)> settings) =>
        "select " + string.Join(", ", settings.Select((setting, i) => Call(setting.Function, $"${i + 1}")));

    private static string Call(string function, string value) => function.Replace("{0}", value, StringComparison.Ordinal);
}
