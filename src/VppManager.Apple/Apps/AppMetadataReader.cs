using System.Text.Json;

namespace VppManager.Apple.Apps;

/// <summary>Reads the look-up's answer, whose members change their shape from app to app: nothing in it is taken for granted.</summary>
internal static class AppMetadataReader
{
    public static IReadOnlyList<AppMetadata> Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (Member(json.RootElement, "results") is not { ValueKind: JsonValueKind.Object } results)
            throw new JsonException("The look-up's answer has no results.");

        return [.. results.EnumerateObject().Where(item => item.Value.ValueKind is JsonValueKind.Object).Select(ReadItem)];
    }

    private static AppMetadata ReadItem(JsonProperty property)
    {
        var item = property.Value;
        var offer = First(Member(item, "offers"));
        return new AppMetadata
        {
            AdamId = property.Name,
            Name = Text(item, "name"),
            BundleId = Text(item, "bundleId"),
            Kind = Text(item, "kind"),
            ArtistName = Text(item, "artistName"),
            Seller = Text(Member(item, "softwareInfo"), "seller"),
            Description = Text(Member(item, "description"), "standard"),
            Url = Text(item, "url"),
            ArtworkUrl = Artwork.AddressOf(Member(item, "artwork")),
            GenreNames = Texts(Member(item, "genreNames")),
            DeviceFamilies = Texts(Member(item, "deviceFamilies")),
            MinimumOsVersion = Text(item, "minimumOSVersion"),
            ReleaseDate = Date(Text(item, "releaseDate")),
            LatestVersion = Text(Member(offer, "version"), "display"),
            LatestVersionAt = Date(Text(item, "latestVersionReleaseDate")),
            IsCustomApp = Flag(item, "isB2BCustomApp") ?? false,
            IsDeviceBasedLicensingEnabled = Flag(item, "isVppDeviceBasedLicensingEnabled"),
        };
    }

    internal static JsonElement? Member(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } there && there.TryGetProperty(name, out var member) ? member : null;

    internal static string? Text(JsonElement? owner, string name) => Member(owner, name) switch
    {
        { ValueKind: JsonValueKind.String } text when Clean(text) is { Length: > 0 } clean => clean,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private static JsonElement? First(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } there && there.GetArrayLength() > 0 ? there[0] : null;

    internal static IReadOnlyList<string> Texts(JsonElement? list) =>
        list is { ValueKind: JsonValueKind.Array } there
            ? [.. there.EnumerateArray().Where(text => text.ValueKind is JsonValueKind.String).Select(Clean).OfType<string>().Where(text => text.Length > 0)]
            : [];

    /// <summary>Without U+0000, for which no database has a place; nothing where half a character stands alone, which is no text.</summary>
    private static string? Clean(JsonElement text)
    {
        try
        {
            return text.GetString()!.Replace("\0", "", StringComparison.Ordinal).Trim();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    internal static bool? Flag(JsonElement item, string name) => Member(item, name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    internal static DateTimeOffset? Date(string? text) => AppleDate.TryParseDay(text, out var date) ? date : null;
}
