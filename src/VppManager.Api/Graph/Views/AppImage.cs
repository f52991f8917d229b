using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

/// <summary>Images in Graph's form.</summary>
internal static class AppImages
{
    public static IQueryable<MimeContent> Of(this IQueryable<AppImage> images, string app) =>
        images.Where(image => image.AppId == app).Select(image => new MimeContent { Type = image.Type, Value = image.Value });
}

/// <summary>The icon of an app or the cover of a book.</summary>
internal sealed class AppImage
{
    public string AppId { get; init; } = "";

    public string? Type { get; init; }

    public byte[] Value { get; init; } = [];
}
