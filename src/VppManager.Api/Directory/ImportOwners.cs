using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>Finds the users that staged devices name.</summary>
internal sealed class ImportOwners(ImportSql sql)
{
    private const string Find = """
        update import_objects s set body = s.body || jsonb_build_object('user_id', u.id) from users u
        where s.section = 'devices' and s.owner is not null and u.tenant_id = $1 and lower(u.user_principal_name) = lower(s.owner)
        """;

    private const string Unknown = """
        select s.n, coalesce(s.owner, s.body ->> 'user_id')
        from import_objects s left join users u on u.tenant_id = $1 and u.id = (s.body ->> 'user_id')::uuid
        where s.section = 'devices' and u.id is null and coalesce(s.owner, s.body ->> 'user_id') is not null
        order by s.n limit 1
        """;

    public async Task<VppError?> FindAsync(CancellationToken ct)
    {
        await sql.ExecuteAsync(Find, ct);
        return await sql.FirstAsync(Unknown, ct) is { } row
            ? VppError.InvalidValue($"{ImportSections.Devices.Name}[{row.Number}]", $"there is no user '{row.Name}'.")
            : null;
    }
}
