using Npgsql;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>Merges the staged users, devices or groups: a handful of statements, whatever their number.</summary>
internal sealed class ImportObjects(ImportSql sql, ImportSection section)
{
    /// <summary>Finds out which rows are known, and whether all of them make sense.</summary>
    public async Task<VppError?> FindAsync(CancellationToken ct)
    {
        if (await sql.FirstAsync(Ambiguous, ct) is { } unclear)
            return Fault(unclear, $"there is more than one {section.Word} with the name '{unclear.Name}'; name it by its id.");

        await sql.ExecuteAsync(FindById, ct);
        await sql.ExecuteAsync(FindByKey, ct);
        if (await sql.FirstAsync(Twice, ct) is { } twice) return Fault(twice, "it stands in the import more than once.");
        if (await sql.FirstAsync(Nameless, ct) is { } nameless) return Fault(nameless, "it is not known, and has no name to be added by.");
        if (section == ImportSections.Users && await sql.FirstAsync(Taken, ct) is { } taken) return VppError.AlreadyExists(section.Word, taken.Name!);

        return null;
    }

    public async Task<ImportCount> MergeAsync(CancellationToken ct)
    {
        if (section.IsKeyUnique) await sql.ExecuteAsync(Park, ct);
        var changed = await sql.ExecuteAsync(Update, ct);
        var added = await sql.ExecuteAsync(Insert, ct);
        return new ImportCount(added, changed);
    }

    private VppError Fault(ImportSql.Row row, string message) => VppError.InvalidValue($"{section.Name}[{row.Number}]", message);

    private string Ambiguous => $"""
        select s.n, s.name from import_objects s
        where s.section = '{section.Name}' and not s.given
          and s.name in (select {section.Key} from {section.Name} where tenant_id = $1 group by {section.Key} having count(*) > 1)
        order by s.n limit 1
        """;

    private string FindById => $"""
        update import_objects s set known = true from {section.Name} t
        where s.section = '{section.Name}' and s.given and t.tenant_id = $1 and t.id = s.id
        """;

    private string FindByKey => $"""
        update import_objects s set known = true, id = t.id from {section.Name} t
        where s.section = '{section.Name}' and not s.given and t.tenant_id = $1 and {section.Same($"t.{section.Key}")} = {section.Same("s.name")}
        """;

    private string Twice => $"""
        select s.n, s.name
        from (
            select n, name, given, row_number() over (partition by id order by n) as by_id, row_number() over (partition by {section.Same("name")} order by n) as by_name
            from import_objects where section = '{section.Name}') s
        where s.by_id > 1 or (s.by_name > 1 and s.name is not null and ({(section.IsKeyUnique ? "true" : "not s.given")}))
        order by s.n limit 1
        """;

    private string Nameless => $"""
        select s.n, s.name from import_objects s where s.section = '{section.Name}' and not s.known and s.name is null order by s.n limit 1
        """;

    /// <summary>A name that somebody has who is not given another one here.</summary>
    private string Taken => $"""
        select s.n, s.name
        from import_objects s join {section.Name} t on t.tenant_id = $1 and {section.Same($"t.{section.Key}")} = {section.Same("s.name")} and t.id <> s.id
        where s.section = '{section.Name}'
          and not exists (select from import_objects o where o.section = '{section.Name}' and o.id = t.id and {section.Same("o.name")} <> {section.Same($"t.{section.Key}")})
        order by s.n limit 1
        """;

    /// <summary>Names that move between known rows: a unique index would stumble over the order in which they are written.</summary>
    private string Park => $"""
        update {section.Name} t set {section.Key} = t.id::text
        from import_objects s
        where s.section = '{section.Name}' and s.known and s.name is not null and t.tenant_id = $1 and t.id = s.id
          and {section.Same($"t.{section.Key}")} <> {section.Same("s.name")}
          and exists (select from {section.Name} o where o.tenant_id = $1 and {section.Same($"o.{section.Key}")} = {section.Same("s.name")})
        """;

    private string Update => $"""
        with merged as materialized (
            select t as was, m as now
            from import_objects s
            join {section.Name} t on t.tenant_id = $1 and t.id = s.id
            cross join lateral jsonb_populate_record(t, s.body) m
            where s.section = '{section.Name}' and s.known and m is distinct from t),
        touched as (
            insert into import_touched (id)
            select k from merged x cross join lateral unnest({section.Touched}) k where k is not null and {section.Matters})
        update {section.Name} t set {string.Join(", ", section.Columns.Select(column => $"{column} = (x.now).{column}"))}
        from merged x where t.tenant_id = $1 and t.id = (x.now).id
        """;

    private string Insert => $"""
        with fresh as materialized (
            select s.n, null::{section.Name} as was,
                   jsonb_populate_record(null::{section.Name}, jsonb_build_object({section.Defaults}) || s.body || jsonb_build_object('id', s.id)) as now
            from import_objects s where s.section = '{section.Name}' and not s.known),
        touched as (
            insert into import_touched (id)
            select k from fresh x cross join lateral unnest({section.Touched}) k where k is not null order by x.n)
        insert into {section.Name} (tenant_id, id, {string.Join(", ", section.AllColumns)})
        select $1, (x.now).id, {string.Join(", ", section.AllColumns.Select(column => $"(x.now).{column}"))} from fresh x order by x.n
        """;
}
