using System.Globalization;

namespace VppManager.Apple;

/// <summary>A path and its query, where nothing given means nothing sent.</summary>
internal sealed class Query(string path)
{
    private readonly List<string> parts = [];

    public string Path { get; } = path;

    public Query With(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            parts.Add($"{name}={Uri.EscapeDataString(value)}");
        return this;
    }

    public Query With(string name, int? value) => With(name, value?.ToString(CultureInfo.InvariantCulture));

    public Query With(string name, bool? value) => With(name, value switch { true => "true", false => "false", null => null });

    public Uri Under(Uri host, string basePath) =>
        new(host.AbsoluteUri.TrimEnd('/') + '/' + basePath + Path + (parts.Count == 0 ? "" : '?' + string.Join('&', parts)));

    public Uri After(Uri address) => new(address.AbsoluteUri + (address.Query.Length == 0 ? '?' : '&') + string.Join('&', parts));
}
