using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Sync;

internal abstract record PagedEnvelope : Envelope
{
    protected PagedEnvelope(Page page, string versionId)
    {
        CurrentPageIndex = page.Index;
        NextPageIndex = page.Next;
        Size = page.Size;
        TotalPages = page.TotalPages;
        VersionId = versionId;
    }

    public int CurrentPageIndex { get; }
    public int? NextPageIndex { get; }
    public int Size { get; }
    public int TotalPages { get; }
    public string VersionId { get; }
}
