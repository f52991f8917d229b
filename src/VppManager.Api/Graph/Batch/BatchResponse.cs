using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace VppManager.Api.Graph.Batch;

/// <summary>A response kept in memory that, like a server's, calls back when it starts and when it is over.</summary>
internal sealed class BatchResponse : IHttpResponseFeature, IHttpResponseBodyFeature
{
    private readonly StreamResponseBodyFeature inner;
    private readonly Stack<(Func<object, Task> Callback, object State)> starting = new();
    private readonly Stack<(Func<object, Task> Callback, object State)> completed = new();

    public BatchResponse(Stream body)
    {
        inner = new StreamResponseBodyFeature(new StartingStream(body, StartAsync));
        Body = inner.Stream;
    }

    public int StatusCode { get; set; } = StatusCodes.Status200OK;

    public string? ReasonPhrase { get; set; }

    public IHeaderDictionary Headers { get; set; } = new HeaderDictionary();

    public Stream Body { get; set; }

    public bool HasStarted { get; private set; }

    public Stream Stream => inner.Stream;

    public PipeWriter Writer => inner.Writer;

    public void OnStarting(Func<object, Task> callback, object state) => starting.Push((callback, state));

    public void OnCompleted(Func<object, Task> callback, object state) => completed.Push((callback, state));

    public void DisableBuffering()
    {
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (HasStarted)
        {
            return;
        }

        while (starting.TryPop(out var one))
        {
            await one.Callback(one.State);
        }

        HasStarted = true;
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
        inner.SendFileAsync(path, offset, count, cancellationToken);

    public async Task CompleteAsync()
    {
        await StartAsync();
        await inner.CompleteAsync();
    }

    /// <summary>What a server does when a request is over: among others, the request's services are disposed.</summary>
    public async Task FinishAsync()
    {
        while (completed.TryPop(out var one))
        {
            await one.Callback(one.State);
        }
    }
}
