using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;

namespace VppManager.Api.Access;

/// <summary>What a property was and what it has become.</summary>
internal sealed record AuditChange(object? Before, object? After)
{
    /// <summary>How many of what; none is not worth saying.</summary>
    public static Dictionary<string, AuditChange> Counts(IReadOnlyDictionary<string, int> numbers) =>
        numbers.Where(number => number.Value > 0).ToDictionary(number => number.Key, number => new AuditChange(null, number.Value));
}

/// <param name="Tags">The scope tags of what was changed: who is bound to others does not see the event. Null: everybody sees it.</param>
internal sealed record AuditNote(
    string Activity, string Type, Guid? Resource, IReadOnlyDictionary<string, AuditChange>? Changes = null, string[]? Tags = null)
{
    public string Json => JsonSerializer.Serialize(Changes ?? new Dictionary<string, AuditChange>(), JsonSerializerOptions.Web);
}

/// <summary>
/// The audit log writes itself (<c>Data/Sql/Setup/audit.sql</c>). This is for a change that is one to a person and many to the database, or that
/// touches only tables which are not audited.
/// </summary>
internal sealed record AuditTrail(string? Origin)
{
    /// <summary>Who asks; taken before the triggers are told to keep silent.</summary>
    public static AuditTrail OfRequest => new(RequestOrigin.Current?.Audit);

    /// <summary>One event in the transaction of the context.</summary>
    public Task WriteAsync(VppContext context, AuditNote note, CancellationToken ct) => WriteAsync(TenantTransaction.Within(context), note, ct);

    /// <summary>One event in a transaction.</summary>
    public Task WriteAsync(TenantTransaction transaction, AuditNote note, CancellationToken ct) => Origin is null
        ? Task.CompletedTask
        : transaction.ExecuteAsync(Sql.Command("select audit_event($1, $2::jsonb, $3, $4, $5::uuid, $6::jsonb, $7::text[])",
            transaction.Tenant, Origin, note.Activity, note.Type, note.Resource, note.Json, note.Tags), ct);

    /// <summary>An event for each app some of whose licences are taken back, seen by whoever sees the app.</summary>
    public Task WriteReleasedAsync(TenantTransaction transaction, string activity, Guid[] apps, int[] licenses, CancellationToken ct) => Origin is null
        ? Task.CompletedTask
        : transaction.ExecuteAsync(Sql.Command("""
            select audit_event($1, $2::jsonb, $3, 'MobileApp', a.id, jsonb_build_object(
                'licenses', jsonb_build_object('before', null, 'after', r.licenses), 'state', jsonb_build_object('before', 'held', 'after', 'releasing')), a.scope_tags)
            from unnest($4::uuid[], $5::int[]) r (app, licenses) join apps a on a.tenant_id = $1 and a.id = r.app
            """, transaction.Tenant, Origin, activity, apps, licenses), ct);
}
