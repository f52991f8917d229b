namespace VppManager.Api.Graph.Wire;

internal sealed class MimeContent
{
    public string? Type { get; set; }
    public byte[]? Value { get; set; }
}
