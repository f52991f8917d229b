using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace VppManager.Api.Directory.Mdm;

/// <summary>Apple's property lists in XML: dictionaries, arrays, texts, whole numbers and flags, which is all that commands and their answers need.</summary>
internal static class PropertyList
{
    private const long MostCharacters = 16 * 1024 * 1024;

    private static readonly XmlReaderSettings Careful = new()
    {
        // Every property list names a DTD; it is neither fetched nor read.
        DtdProcessing = DtdProcessing.Ignore,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
    };

    /// <exception cref="FormatException">It is no property list with a dictionary on top.</exception>
    public static IReadOnlyDictionary<string, object> Read(byte[] xml)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), Careful);
            return XDocument.Load(reader).Root?.Elements().FirstOrDefault() is { } top && Value(top) is Dictionary<string, object> found
                ? found
                : throw new FormatException("The property list has no dictionary on top.");
        }
        catch (XmlException broken)
        {
            throw new FormatException("The property list cannot be read.", broken);
        }
    }

    public static string Write(IReadOnlyDictionary<string, object?> dictionary)
    {
        var document = new XDocument(
            new XDeclaration("1.0", "UTF-8", null),
            new XDocumentType("plist", "-//Apple//DTD PLIST 1.0//EN", "http://www.apple.com/DTDs/PropertyList-1.0.dtd", null),
            new XElement("plist", new XAttribute("version", "1.0"), Element(dictionary)));
        return new StringBuilder().Append(document.Declaration).Append('\n').Append(document).ToString();
    }

    private static object Value(XElement element) => element.Name.LocalName switch
    {
        "dict" => Pairs(element),
        "array" => element.Elements().Select(Value).ToList(),
        "true" => true,
        "false" => false,
        "integer" when long.TryParse(element.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => element.Value,
    };

    private static Dictionary<string, object> Pairs(XElement dictionary)
    {
        var pairs = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var key in dictionary.Elements("key"))
        {
            if (key.ElementsAfterSelf().FirstOrDefault() is { } value) pairs[key.Value] = Value(value);
        }

        return pairs;
    }

    private static XElement Element(object value) => value switch
    {
        bool flag => new XElement(flag ? "true" : "false"),
        int or long => new XElement("integer", string.Create(CultureInfo.InvariantCulture, $"{value}")),
        IReadOnlyDictionary<string, object?> pairs => new XElement("dict", pairs.Where(pair => pair.Value is not null)
            .SelectMany(pair => new[] { new XElement("key", pair.Key), Element(pair.Value!) })),
        IEnumerable<string> texts => new XElement("array", texts.Select(text => new XElement("string", text))),
        _ => new XElement("string", value.ToString()),
    };
}
