using System.Text.RegularExpressions;

namespace VppManager.Api.Graph.Errors;

/// <summary>Behind the directory's addresses is another service than Intune's: it has codes of its own for the same refusals.</summary>
internal static partial class DirectoryErrors
{
    public const string NotFound = "Request_ResourceNotFound";
    public const string Denied = "Authorization_RequestDenied";

    private static readonly string[] Places = ["users", "groups", "devices", "directoryObjects", "me"];

    public static (string Code, string Message) Of(HttpContext context, string code, string message)
    {
        var segments = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length < 2 || !Places.Contains(segments[1], StringComparer.OrdinalIgnoreCase)) return (code, message);

        return code switch
        {
            "ResourceNotFound" => (NotFound, MessageOf(Quoted().Match(message) is { Success: true } named ? named.Groups["id"].Value : Uri.UnescapeDataString(segments.ElementAtOrDefault(2) ?? ""))),
            "Forbidden" => (Denied, message),
            _ => (code, message),
        };
    }

    public static string MessageOf(string? id) => $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.";

    [GeneratedRegex("'(?<id>[^']*)'")]
    private static partial Regex Quoted();
}
