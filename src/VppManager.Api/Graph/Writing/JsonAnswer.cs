using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VppManager.Api.Graph.Writing;

/// <summary>An answer built in a pooled buffer: its length is known, and a failure on the way still gives a clean error.</summary>
internal sealed class JsonAnswer : IDisposable
{
    public const string ContentType =
        "application/json; odata.metadata=minimal; odata.streaming=true; IEEE754Compatible=false; charset=utf-8";

    public static readonly JsonEncodedText Context = JsonEncodedText.Encode("@odata.context");
    public static readonly JsonEncodedText Count = JsonEncodedText.Encode("@odata.count");
    public static readonly JsonEncodedText NextLink = JsonEncodedText.Encode("@odata.nextLink");
    public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");

    private const int LargestKept = 1 << 20;
    private const int MostKept = 64;

    private static readonly ConcurrentQueue<JsonAnswer> Pool = new();

    private readonly ArrayBufferWriter<byte> buffer = new(1 << 14);

    private JsonAnswer() =>
        Writer = new Utf8JsonWriter(buffer,
            new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public Utf8JsonWriter Writer { get; }

    public static JsonAnswer Rent() => Pool.TryDequeue(out var answer) ? answer : new JsonAnswer();

    public async Task SendAsync(HttpResponse response, int status, CancellationToken ct)
    {
        Writer.Flush();
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = buffer.WrittenCount;
        response.Headers["OData-Version"] = "4.0";
        await response.Body.WriteAsync(buffer.WrittenMemory, ct);
    }

    public void Dispose()
    {
        if (buffer.Capacity > LargestKept || Pool.Count >= MostKept)
        {
            Writer.Dispose();
            return;
        }

        buffer.ResetWrittenCount();
        Writer.Reset(buffer);
        Pool.Enqueue(this);
    }
}
