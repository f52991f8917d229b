using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Batch;

/// <summary>A request of a batch and its response, as the rest of the pipeline sees them.</summary>
internal sealed class BatchExchange : IAsyncDisposable
{
    // Of the request that carries the batch: what says who calls, and how the call is followed.
    private static readonly string[] Inherited = ["Authorization", "client-request-id", "User-Agent", "SdkVersion"];

    private readonly HttpContext outer;
    private readonly string version;
    private readonly BatchItem item;
    private readonly MemoryStream body = new();
    private readonly BatchResponse response;

    public BatchExchange(HttpContext outer, string version, BatchItem item)
    {
        this.outer = outer;
        this.version = version;
        this.item = item;
        response = new BatchResponse(body);
        Features.Set(this);
        Features.Set<IHttpRequestFeature>(new HttpRequestFeature());
        Features.Set<IHttpResponseFeature>(response);
        Features.Set<IHttpResponseBodyFeature>(response);
        Features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = outer.RequestAborted });
        Features.Set<IHttpRequestIdentifierFeature>(new HttpRequestIdentifierFeature
        {
            TraceIdentifier =
            outer.TraceIdentifier + "-" + item.Id
        });
        Features.Set(outer.Features.Get<IHttpConnectionFeature>());
        Features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(item.Body is not null));
    }

    public FeatureCollection Features { get; } = new();

    public void Fill(HttpContext inner)
    {
        var request = inner.Request;
        request.Protocol = outer.Request.Protocol;
        request.Scheme = outer.Request.Scheme;
        request.Host = outer.Request.Host;
        request.PathBase = outer.Request.PathBase;
        request.Method = item.Method;
        FillAddress(request);

        foreach (var name in Inherited.Where(outer.Request.Headers.ContainsKey))
        {
            request.Headers[name] = outer.Request.Headers[name];
        }

        foreach (var (name, value) in item.Headers.Where(header => IsItsOwn(header.Key)))
        {
            request.Headers[name] = value;
        }

        FillBody(request);
    }

    public async Task<BatchResult> ResultAsync(HttpContext inner)
    {
        await inner.Response.CompleteAsync();
        var headers = inner.Response.Headers
            .Where(header => !StringValues.IsNullOrEmpty(header.Value)
                && !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key, header => header.Value.ToString());
        return new BatchResult(item.Id, inner.Response.StatusCode, headers, body.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await response.FinishAsync();
        await body.DisposeAsync();
    }

    // Who calls, and from where, is said by the request that carries the batch.
    private static bool IsItsOwn(string header) =>
        !header.Equals("Authorization", StringComparison.OrdinalIgnoreCase)
            && !header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase);

    // Relative to the root of the version, with or without the version itself.
    private void FillAddress(HttpRequest request)
    {
        var query = item.Url.IndexOf('?', StringComparison.Ordinal);
        var path = Uri.UnescapeDataString(query < 0 ? item.Url : item.Url[..query]).TrimStart('/');
        var named = GraphModel.Versions.Any(model => path.StartsWith(model.Version + "/", StringComparison.OrdinalIgnoreCase));
        request.Path = "/" + (named ? path : version + "/" + path);
        request.QueryString = query < 0 ? QueryString.Empty : new QueryString(item.Url[query..]);
    }

    private void FillBody(HttpRequest request)
    {
        if (item.Body is not { } content)
        {
            return;
        }

        // Anything but JSON travels as base64 text.
        var isJson = request.ContentType is null || request.ContentType.Contains("json", StringComparison.OrdinalIgnoreCase);
        var bytes = !isJson && content.ValueKind == JsonValueKind.String && content.TryGetBytesFromBase64(out var raw)
            ? raw
            : JsonSerializer.SerializeToUtf8Bytes(content);
        request.ContentType ??= "application/json";
        request.ContentLength = bytes.Length;
        request.Body = new MemoryStream(bytes);
    }

    private sealed class BodyDetection(bool canHaveBody) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody { get; } = canHaveBody;
    }
}
