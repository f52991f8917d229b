namespace VppManager.Apple.Tokens;

/// <summary>
/// Who manages a location. Apple keeps it and shows it to everybody with a token of the location, but stops nobody who is not it.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/mdminfo"/>.
/// </summary>
/// <param name="Id">The product's own id of this installation; at most 100 characters.</param>
/// <param name="Name">Its name, for people; at most 100 characters.</param>
/// <param name="Metadata">Anything else; at most 255 characters.</param>
public sealed record MdmInfo(string Id, string Name, string Metadata)
{
    /// <summary>The product's own id of this installation.</summary>
    public string Id { get; init; } = Id ?? "";

    /// <summary>Its name, for people.</summary>
    public string Name { get; init; } = Name ?? "";

    /// <summary>Anything else.</summary>
    public string Metadata { get; init; } = Metadata ?? "";
}
