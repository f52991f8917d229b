using System.Text.Json;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;

namespace VppManager.Api.Graph.Batch;

/// <summary>
/// POST /{version}/$batch: up to twenty requests in one. Each goes through the whole pipeline by itself, with the caller's own
/// authorization; one that depends on a failed one is not sent.
/// </summary>
internal sealed class GraphBatch(RequestDelegate next, BatchPipeline pipeline, IHttpContextFactory contexts)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || VersionOf(http.Request.Path) is not { } version)
        {
            await next(http);
            return;
        }

        try
        {
            RefuseWithin(http);
            using var body = await JsonBody.ReadAsync(http);
            var items = BatchItem.ReadAll(body.RootElement);
            var results = await RunAsync(http, version, items);
            await WriteAsync(http, results);
        }
        catch (Exception fault) when (GraphErrors.Answer(fault) is { } known)
        {
            await GraphErrorAnswer.WriteAsync(http, known.Status, known.Code, known.Message);
        }
    }

    private static string? VersionOf(PathString path)
    {
        var segments = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);

        return segments is [var version, var batch] && batch.Equals("$batch", StringComparison.OrdinalIgnoreCase)
            ? GraphModel.Versions.FirstOrDefault(model => model.Version.Equals(version, StringComparison.OrdinalIgnoreCase))?.Version
            : null;
    }

    private static void RefuseWithin(HttpContext http)
    {
        if (http.Features.Get<BatchExchange>() is not null)
        {
            throw GraphFault.BadRequest("A batch cannot hold another batch.");
        }
    }

    private static async Task WriteAsync(HttpContext http, IEnumerable<BatchResult> results)
    {
        using var answer = Writing.JsonAnswer.Rent();
        var writer = answer.Writer;
        writer.WriteStartObject();
        writer.WritePropertyName("responses");
        writer.WriteStartArray();

        foreach (var result in results)
        {
            result.Write(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }

    private async Task<IReadOnlyCollection<BatchResult>> RunAsync(HttpContext http, string version, IReadOnlyList<BatchItem> items)
    {
        var results = new Dictionary<string, BatchResult>();

        foreach (var item in items)
        {
            var failed = item.DependsOn.Any(id => results[id].Status >= StatusCodes.Status400BadRequest);
            results[item.Id] = failed ? BatchResult.FailedDependency(item.Id) : await RunAsync(http, version, item);
        }

        return results.Values;
    }

    private async Task<BatchResult> RunAsync(HttpContext http, string version, BatchItem item)
    {
        await using var exchange = new BatchExchange(http, version, item);
        var inner = contexts.Create(exchange.Features);

        try
        {
            exchange.Fill(inner);
            await pipeline.RunAsync(inner);
            return await exchange.ResultAsync(inner);
        }
        finally
        {
            contexts.Dispose(inner);
        }
    }
}
