using System.Text.Json;
using VppManager.Core.Access;
using VppManager.FakeApple;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>What a request told Apple, in the words of the list that is published (G4).</summary>
internal static class AppleFields
{
    public static IEnumerable<string> Of(JournalEntry entry)
    {
        var members = entry.Body is { } body ? Members(body, "") : [];
        return entry.Query.Keys.Select(name => $"?{name}").Concat(members).Select(field => $"{CallOf(entry)} {field}");
    }

    /// <summary>Nothing that a location was told is missing in the list, and these fields are among it.</summary>
    public static void AssertListed(FakeAppleServer apple, FakeLocation location, params string[] expected)
    {
        var sent = apple.Journal.Entries.Where(one => one.LocationUid == location.Uid).SelectMany(Of).ToHashSet();
        Assert.Empty(sent.Except(SharedWithApple.Fields.Select(one => $"{one.Call} {one.Field}")));
        Assert.Empty(expected.Except(sent));
    }

    private static string CallOf(JournalEntry entry) =>
        entry.Path.EndsWith("/lookup", StringComparison.Ordinal) ? "GET content metadata lookup"
        : entry.Path.Contains("/catalog/", StringComparison.Ordinal) ? "GET content catalogue"
        : $"{entry.Method} {entry.Path}";

    private static IEnumerable<string> Members(JsonElement value, string at) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(one => Members(one.Value, at.Length == 0 ? one.Name : $"{at}.{one.Name}")),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(one => Members(one, $"{at}[]")),
        _ => [at],
    };
}
