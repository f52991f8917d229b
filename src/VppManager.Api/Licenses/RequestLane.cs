using Microsoft.Extensions.Options;

namespace VppManager.Api.Licenses;

/// <summary>Takes on the requests that are due, several at once. One loop asks the queue for all its senders, so that a wake-up costs one question.</summary>
internal sealed partial class RequestLane(IServiceScopeFactory scopes, WorkQueue queue, IOptions<LicensingOptions> options, ILogger<RequestLane> logger)
    : IDisposable
{
    private readonly SemaphoreSlim free = new(options.Value.Senders);

    /// <summary>Begins the next one as soon as a sender is free.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        await free.WaitAsync(ct);
        WorkItem? item = null;
        try
        {
            item = await queue.ClaimAsync(WorkQueue.Request, options.Value.Lease, ct);
        }
        finally
        {
            if (item is null) free.Release();
        }

        if (item is null) return false;

        _ = SendAsync(item, ct);
        return true;
    }

    /// <summary>Waits for what is under way.</summary>
    public async Task EndAsync()
    {
        for (var n = 0; n < options.Value.Senders; n++) await free.WaitAsync(CancellationToken.None);
    }

    public void Dispose() => free.Dispose();

    private async Task SendAsync(WorkItem item, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var work = scope.ServiceProvider.GetRequiredService<RequestWork>();
            await queue.WorkAsync(item, () => work.RunAsync(item, ct), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The service ends; the lease does, too, and another goes on.
        }
        catch (Exception fault)
        {
            // Whatever it was: the request has been given back, or its lease ends.
            Log.RequestFault(logger, item.Key, fault);
        }
        finally
        {
            free.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Request {RequestId} met a fault; it is tried again")]
        public static partial void RequestFault(ILogger logger, Guid requestId, Exception fault);
    }
}
