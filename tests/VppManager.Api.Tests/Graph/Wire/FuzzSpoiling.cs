using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VppManager.Api.Tests.Graph.Wire;

/// <summary>Changes a right request in one place: a value, a name, a member too few or one too many.</summary>
internal sealed partial class FuzzSpoiling(Random random, IReadOnlyList<string> values, IReadOnlyList<string> names)
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body as text, since what is no JSON must be possible.</summary>
    public string Body(JsonNode body)
    {
        var copy = body.DeepClone();
        for (var n = random.Next(3); n > 0; n--) Spoil(copy);
        var text = Placeholder().Replace(copy.ToJsonString(Unescaped), mark => values[int.Parse(mark.ValueSpan[2..^2], CultureInfo.InvariantCulture)]);
        return random.Next(60) == 0 ? text[..random.Next(text.Length)] : text;
    }

    /// <summary>The address with one character, or one word of its options, another.</summary>
    public string Path(string path)
    {
        if (random.Next(2) == 0) return path;

        var words = path.Split(' ', '=', ',', '(', ')', '&');
        var (from, to) = (words[random.Next(1, Math.Max(2, words.Length)) % words.Length], random.Next(3) switch { 0 => "", 1 => names[random.Next(names.Count)], _ => values[random.Next(values.Count)] });
        return from.Length == 0 || from[0] == '/' ? path : path.Replace(from, Uri.EscapeDataString(to), StringComparison.Ordinal);
    }

    [GeneratedRegex("\"<[0-9]+>\"")]
    private static partial Regex Placeholder();

    private void Spoil(JsonNode node)
    {
        while (true)
        {
            switch (node)
            {
                case JsonObject { Count: > 0 } some:
                    var (name, below) = some.ElementAt(random.Next(some.Count));
                    if (below is JsonObject or JsonArray && random.Next(3) > 0) node = below;
                    else { Spoil(some, name); return; }
                    break;
                case JsonArray { Count: > 0 } list:
                    if (list[random.Next(list.Count)] is JsonObject or JsonArray && random.Next(4) > 0) node = list.First(one => one is JsonObject or JsonArray)!;
                    else { list.Insert(random.Next(list.Count), Value()); return; }
                    break;
                default:
                    return;
            }
        }
    }

    private void Spoil(JsonObject some, string name)
    {
        switch (random.Next(5))
        {
            case 0: some.Remove(name); break;
            case 1: some[names[random.Next(names.Count)]] = Value(); break;
            case 2: some[name] = new JsonArray(some[name]?.DeepClone(), Value()); break;
            default: some[name] = Value(); break;
        }
    }

    /// <summary>Stands for a value until the body is text: not every value could be written by a writer of JSON.</summary>
    private JsonValue Value() => JsonValue.Create($"<{random.Next(values.Count)}>");
}
