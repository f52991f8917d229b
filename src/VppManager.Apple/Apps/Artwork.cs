using System.Text.Json;

namespace VppManager.Apple.Apps;

/// <summary>An icon comes as one template with placeholders for its size, or as a list of fixed sizes.</summary>
internal static class Artwork
{
    private const int Wanted = 512;

    public static string? AddressOf(JsonElement? artwork) => artwork switch
    {
        { ValueKind: JsonValueKind.Object } => Fill(AppMetadataReader.Text(artwork, "url")),
        { ValueKind: JsonValueKind.Array } sizes => Fill(AppMetadataReader.Text(Best(sizes), "url")),
        _ => null,
    };

    /// <summary>The smallest that is wide enough, else the widest.</summary>
    private static JsonElement? Best(JsonElement sizes)
    {
        var widths = sizes.EnumerateArray().Select(size => (Size: size, Width: WidthOf(size))).OrderBy(each => each.Width).ToList();
        var enough = widths.FindIndex(each => each.Width >= Wanted);
        return widths.Count == 0 ? null : widths[enough < 0 ? ^1 : enough].Size;
    }

    private static int WidthOf(JsonElement size) =>
        AppMetadataReader.Member(size, "width") is { ValueKind: JsonValueKind.Number } width && width.TryGetInt32(out var pixels)
            ? pixels
            : 0;

    private static string? Fill(string? template) => template?
        .Replace("{w}", "512", StringComparison.Ordinal)
        .Replace("{h}", "512", StringComparison.Ordinal)
        .Replace("{c}", "bb", StringComparison.Ordinal)
        .Replace("{f}", "png", StringComparison.Ordinal);
}
