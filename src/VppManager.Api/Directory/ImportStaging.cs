using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>Copies the rows of an import into temporary tables, as they come.</summary>
internal sealed class ImportStaging(NpgsqlConnection connection) : IAsyncDisposable
{
    private const string Tables = """
        create temp table import_objects (
            section text not null, n int not null, id uuid not null, given boolean not null, name text null, owner text null,
            replace_members boolean not null, body jsonb not null, known boolean not null default false) on commit drop;
        create temp table import_members (
            n int not null, group_name text not null, group_id uuid null, kind text not null, member_name text not null, member_id uuid null,
            group_key uuid null, member_key uuid null) on commit drop;
        create temp table import_touched (n bigint generated always as identity, id uuid null, group_id uuid null) on commit drop;
        """;

    /// <summary>
    /// Beyond it no join may go row by row: what PostgreSQL knows of the directory's tables can date from before they were filled,
    /// and one join that takes a hundred thousand rows for one would take hours.
    /// </summary>
    private const int FewRows = 1000;

    private const string CopyObjects = "copy import_objects (section, n, id, given, name, owner, replace_members, body) from stdin (format binary)";
    private const string CopyMembers = "copy import_members (n, group_name, group_key, kind, member_name, member_key) from stdin (format binary)";

    /// <summary>Only what is set, by the names of the columns.</summary>
    private static readonly JsonSerializerOptions Columns = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    private readonly Dictionary<string, int> counts = [];
    private NpgsqlBinaryImporter? copy;
    private string? copying;

    /// <summary>Whether every group of the import replaces its members.</summary>
    public bool ReplaceMembers { get; private set; }

    /// <returns>The first fault, or null.</returns>
    public async Task<VppError?> FillAsync(IAsyncEnumerable<IImportRow> rows, CancellationToken ct)
    {
        await ExecuteAsync(Tables, ct);
        await foreach (var row in rows.WithCancellation(ct))
        {
            if (await WriteAsync(row, ct) is { } fault) return fault;
        }

        await EndCopyAsync(ct);
        await ExecuteAsync("analyze import_objects; analyze import_members", ct);
        if (counts.Values.Sum() > FewRows) await ExecuteAsync("set local enable_nestloop = off", ct);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (copy is not null) await copy.DisposeAsync();
    }

    private async Task<VppError?> WriteAsync(IImportRow row, CancellationToken ct)
    {
        if (row is ImportMode mode) ReplaceMembers = mode.Mode == ImportMode.ReplaceMembers;
        if (row is ImportMode or ImportUnreadable) return row.Fault("");

        var section = ImportSections.Of(row);
        var number = counts.GetValueOrDefault(section);
        if (row.Fault($"{section}[{number}].") is { } fault) return fault;

        counts[section] = number + 1;
        if (row is ImportMembership member) await WriteMemberAsync(number, member, ct);
        else await WriteObjectAsync(section, number, Staged.Of(row), ct);
        return null;
    }

    private async Task WriteObjectAsync(string section, int number, Staged row, CancellationToken ct)
    {
        var to = await CopyToAsync(CopyObjects, ct);
        await to.StartRowAsync(ct);
        await to.WriteAsync(section, NpgsqlDbType.Text, ct);
        await to.WriteAsync(number, NpgsqlDbType.Integer, ct);
        await to.WriteAsync(row.Id ?? Guid.CreateVersion7(), NpgsqlDbType.Uuid, ct);
        await to.WriteAsync(row.Id is not null, NpgsqlDbType.Boolean, ct);
        await to.WriteAsync(row.Name, NpgsqlDbType.Text, ct);
        await to.WriteAsync(row.Owner, NpgsqlDbType.Text, ct);
        await to.WriteAsync(row.ReplaceMembers, NpgsqlDbType.Boolean, ct);
        await to.WriteAsync(row.Body, NpgsqlDbType.Jsonb, ct);
    }

    private async Task WriteMemberAsync(int number, ImportMembership row, CancellationToken ct)
    {
        var (kind, name) = row.Member;
        var to = await CopyToAsync(CopyMembers, ct);
        await to.StartRowAsync(ct);
        await to.WriteAsync(number, NpgsqlDbType.Integer, ct);
        await to.WriteAsync(row.Group, NpgsqlDbType.Text, ct);
        await WriteKeyAsync(to, row.Group, ct);
        await to.WriteAsync(EnumText.Of(kind), NpgsqlDbType.Text, ct);
        await to.WriteAsync(name, NpgsqlDbType.Text, ct);
        await WriteKeyAsync(to, name, ct);
    }

    /// <summary>A name that reads as an id is one.</summary>
    private static Task WriteKeyAsync(NpgsqlBinaryImporter to, string? name, CancellationToken ct) =>
        Guid.TryParse(name, out var key) ? to.WriteAsync(key, NpgsqlDbType.Uuid, ct) : to.WriteNullAsync(ct);

    private async Task<NpgsqlBinaryImporter> CopyToAsync(string table, CancellationToken ct)
    {
        if (copy is not null && copying == table) return copy;

        await EndCopyAsync(ct);
        copying = table;
        return copy = await connection.BeginBinaryImportAsync(table, ct);
    }

    private async Task EndCopyAsync(CancellationToken ct)
    {
        if (copy is null) return;

        await copy.CompleteAsync(ct);
        await copy.DisposeAsync();
        copy = null;
    }

    private async Task ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>A user, device or group on its way: what it is known by, and its columns.</summary>
    private sealed record Staged(Guid? Id, string? Name, string? Owner, bool ReplaceMembers, byte[] Body)
    {
        public static Staged Of(IImportRow row) => row switch
        {
            ImportUser user => new(user.Id, user.UserPrincipalName.Value, null, false, ColumnsOf<UserValues>(user)),
            ImportDevice device => new(null, device.SerialNumber.Value, device.UserPrincipalName.Value, false, ColumnsOf(WithoutUser(device))),
            ImportGroup group => new(group.Id, group.DisplayName.Value, null, group.ReplaceMembers, ColumnsOf<GroupValues>(group)),
            _ => throw new ArgumentOutOfRangeException(nameof(row), row, null),
        };

        private static ImportDevice WithoutUser(ImportDevice device) =>
            device.UserPrincipalName is { IsSet: true, Value: null } ? device with { UserId = null } : device;

        private static byte[] ColumnsOf<T>(T values) => JsonSerializer.SerializeToUtf8Bytes(values, Columns);
    }
}
