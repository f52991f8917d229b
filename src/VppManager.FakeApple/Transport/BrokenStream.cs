namespace VppManager.FakeApple.Transport;

/// <summary>Lets that many bytes of the answer through, then breaks the connection; none: breaks it at once.</summary>
internal sealed class BrokenStream(HttpContext context, int left) : Stream
{
    private readonly Stream _inner = context.Response.Body;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (left == 0)
        {
            context.Abort();

            return;
        }

        // Kestrel closes the connection by itself when fewer bytes follow than were announced.
        context.Response.ContentLength = buffer.Length;
        await _inner.WriteAsync(buffer[..left], cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
