using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;

namespace VppManager.Api.Access;

/// <summary>
/// The audit log writes itself (<c>Data/Sql/Setup/audit.sql</c>). This is for a change that is one to a person and many to the database, or that
/// touches only tables which are not audited.
/// </summary>
internal sealed record AuditTrail(string? Origin)
{
    /// <summary>Who asks; taken before the triggers are told to keep silent.</summary>
    public static AuditTrail OfRequest => new(RequestOrigin.Current?.Audit);

    /// <summary>One event in the transaction of the context.</summary>
    /// <param name="numbers">What there is to say of the change, by name.</param>
    public Task WriteAsync(
        VppContext context, string activity, string type, Guid? resource, IReadOnlyDictionary<string, int>? numbers, CancellationToken ct) => Origin is null
        ? Task.CompletedTask
        : context.Database.ExecuteSqlAsync(
            $"select audit_event({context.Tenant}, {Origin}::jsonb, {activity}, {type}, {resource}, {Changes(numbers)}::jsonb, null)", ct);

    /// <summary>One event in a transaction.</summary>
    public Task WriteAsync(
        TenantTransaction transaction, string activity, string type, Guid? resource, IReadOnlyDictionary<string, int>? numbers, CancellationToken ct) => Origin is null
        ? Task.CompletedTask
        : transaction.ExecuteAsync(Sql.Command("select audit_event($1, $2::jsonb, $3, $4, $5::uuid, $6::jsonb, null)",
            transaction.Tenant, Origin, activity, type, resource, Changes(numbers)), ct);

    private static string Changes(IReadOnlyDictionary<string, int>? numbers) => JsonSerializer.Serialize((numbers ?? new Dictionary<string, int>())
        .Where(number => number.Value > 0).ToDictionary(number => number.Key, number => new { before = (int?)null, after = number.Value }));
}
