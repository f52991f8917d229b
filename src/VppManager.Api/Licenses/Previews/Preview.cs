using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Licenses.Previews;

/// <summary>What is changed within a preview.</summary>
/// <param name="Refusal">Why it cannot be; null when it can.</param>
/// <param name="Touched">Pools whose licences it has altered itself, besides what it marked.</param>
/// <param name="App">The app that was asked about; null for any.</param>
/// <param name="Devices">Those that are to have something by it.</param>
internal sealed record PreviewedChange(VppError? Refusal, Guid[] Touched, Guid? App = null, Guid[]? Devices = null)
{
    public static PreviewedChange Of(VppError? refusal) => new(refusal, []);
}

/// <summary>
/// Makes a change, lets it take its whole course, tells what came of it, and undoes it: the transaction is never committed, so that nobody is woken and
/// nothing is sent. What was marked before is settled first, and counts for nothing.
/// </summary>
internal sealed class Preview(VppContext context, RequestPlanning planning, IOptions<LicensingOptions> options, TimeProvider time)
{
    public async Task<Outcome<PreviewAnswer>> RunAsync(
        Guid tenant, Func<TenantTransaction, DateTimeOffset, CancellationToken, Task<PreviewedChange>> change, CancellationToken ct)
    {
        var limits = await planning.LimitsAsync(ct);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.Value.PreviewFor);
        try
        {
            return await UndoneAsync(tenant, limits, change, patience.Token);
        }
        catch (Exception given) when (!ct.IsCancellationRequested && IsGivenUp(given, patience.IsCancellationRequested))
        {
            return VppError.PreviewTookTooLong;
        }
        finally
        {
            await WakeAsync(tenant, ct);
        }
    }

    private async Task<Outcome<PreviewAnswer>> UndoneAsync(
        Guid tenant, Apple.Tokens.ServiceLimits limits, Func<TenantTransaction, DateTimeOffset, CancellationToken, Task<PreviewedChange>> change, CancellationToken ct)
    {
        // Disposed without a commit, it is rolled back.
        await using var undone = await context.BeginAsync(tenant, ct);
        await using var transaction = TenantTransaction.Within(context);
        await transaction.ExecuteAsync(Sql.Command("select set_config('lock_timeout', $1, true)", $"{(int)options.Value.PreviewFor.TotalMilliseconds}ms"), ct);
        await transaction.ExecuteAsync(Sql.Command(Settling.Lock, tenant), ct);
        await transaction.ExecuteAsync(Causes.Set(new Cause("preview")), ct);

        var before = time.GetUtcNow();
        var first = new PreviewCourse(transaction, planning, limits, before, []);
        if (!await first.RunAsync([], ct)) return VppError.PreviewTookTooLong;

        var now = before.AddMilliseconds(1);
        await transaction.ExecuteAsync(Causes.Set(new Cause("preview")), ct);
        var changed = await change(transaction, now, ct);
        if (changed.Refusal is { } refusal) return refusal;

        var course = new PreviewCourse(transaction, planning, limits, now, first.Planned);
        return await course.RunAsync(changed.Touched, ct)
            ? await PreviewReading.ReadAsync(transaction, course, changed, now, ct)
            : VppError.PreviewTookTooLong;
    }

    /// <summary>Out of time, or in the way of somebody who really does something.</summary>
    private static bool IsGivenUp(Exception fault, bool isOutOfTime) =>
        (isOutOfTime && fault is OperationCanceledException)
        || (fault.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected });

    /// <summary>A worker that found the tenant locked went back to sleep.</summary>
    private async Task WakeAsync(Guid tenant, CancellationToken ct)
    {
        context.ChangeTracker.Clear();
        await using var transaction = await context.BeginAsync(tenant, ct);
        await TenantTransaction.Within(context).ExecuteAsync(
            Sql.Command($"select pg_notify('{Marks.Channel}', '{Marks.Lane}') where exists (select from marks where tenant_id = $1)", tenant), ct);
        await transaction.CommitAsync(ct);
    }
}
