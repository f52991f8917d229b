namespace VppManager.FakeApple.Apps;

/// <summary>A product as the store describes it.</summary>
public sealed record StoreItem(string AdamId)
{
    public string Name { get; init; } = $"Product {AdamId}";

    public string? BundleId { get; init; }

    /// <summary>The bundle id on the Mac, where it is another one.</summary>
    public string? MacBundleId { get; init; }

    public string ArtistName { get; init; } = "Example Software Ltd";

    /// <summary><c>iosSoftware</c>, <c>desktopApp</c> or <c>ebook</c>.</summary>
    public string Kind { get; init; } = "iosSoftware";

    public IReadOnlyList<string> DeviceFamilies { get; init; } = ["iphone", "ipad"];

    public IReadOnlyList<string> Genres { get; init; } = ["Business"];

    public string Version { get; init; } = "1.0";

    public string Description { get; init; } = "";

    /// <summary>When <see cref="Version"/> came out; with the product when left out.</summary>
    public DateOnly? VersionDate { get; init; }

    public DateOnly ReleaseDate { get; init; } = new(2024, 3, 1);

    public string MinimumOSVersion { get; init; } = "17.0";

    public long Size { get; init; } = 48_000_000;

    /// <summary>Lower-case countries where it is sold; empty means everywhere.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>A custom app: only an owner's token shows it.</summary>
    public bool IsCustom { get; init; }

    /// <summary>No longer on sale: only an owner's token shows it.</summary>
    public bool IsRemovedFromSale { get; init; }
}
