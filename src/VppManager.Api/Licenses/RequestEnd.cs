using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>The end of a request, in the transaction that settles its pairs.</summary>
internal static class RequestEnd
{
    public static async Task SettledAsync(TenantTransaction transaction, WorkItem item, AppleRequest request, DateTimeOffset now, CancellationToken ct)
    {
        await transaction.ExecuteAsync(
            Sql.Command("update apple_requests set state = 'settled', settled_at = $3 where tenant_id = $1 and id = $2", item.Tenant, request.Id, now), ct);
        await FinishAsync(transaction, item, request, "settled", now, ct);
    }

    public static Task RefusedAsync(
        TenantTransaction transaction, WorkItem item, AppleRequest request, int? number, string error, DateTimeOffset now, CancellationToken ct) =>
        RefusedAsync(transaction, item, request, number, error, now, now, ct);

    /// <param name="planAt">When what is left of it is planned again.</param>
    public static async Task RefusedAsync(
        TenantTransaction transaction, WorkItem item, AppleRequest request, int? number, string error, DateTimeOffset now, DateTimeOffset planAt, CancellationToken ct)
    {
        await transaction.ExecuteAsync(
            Sql.Command("update apple_requests set state = 'refused', settled_at = $3, error_number = $4, error = $5 where tenant_id = $1 and id = $2",
                item.Tenant, request.Id, now, number, error), ct);
        await FinishAsync(transaction, item, request, "refused", planAt, ct);
    }

    /// <summary>What is assigning without a request, or can be sent now that its users are known, is planned next.</summary>
    private static async Task FinishAsync(
        TenantTransaction transaction, WorkItem item, AppleRequest request, string outcome, DateTimeOffset planAt, CancellationToken ct)
    {
        await transaction.ExecuteAsync(WorkQueue.Remove(item.Lane, item.Key), ct);
        await transaction.ExecuteAsync(WorkQueue.Add(WorkQueue.Plan, item.Tenant, [request.LocationId], planAt), ct);
        LicensingTelemetry.Ended(request.Kind, outcome);
    }
}
