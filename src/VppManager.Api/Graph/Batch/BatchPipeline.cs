namespace VppManager.Api.Graph.Batch;

/// <summary>
/// The pipeline from its very beginning: a request in a batch gets ids, error answers and all else that any request gets.
/// </summary>
internal sealed class BatchPipeline
{
    private RequestDelegate? beginning;

    public Task RunAsync(HttpContext http) =>
        beginning?.Invoke(http) ?? throw new InvalidOperationException("The beginning of the pipeline is not known.");

    public RequestDelegate BeginsWith(RequestDelegate next) => beginning = next;
}
