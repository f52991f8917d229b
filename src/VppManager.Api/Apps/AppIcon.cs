namespace VppManager.Api.Apps;

/// <summary>The icon of an app. Apart from the app: it is read with a single app alone, never with a list.</summary>
internal sealed class AppIcon
{
    public Guid AppId { get; init; }
    public string? Type { get; set; }
    public required byte[] Value { get; set; }
}
