using System.Reflection;

namespace VppManager.Api.Data;

/// <summary>SQL files kept beside the code, embedded.</summary>
internal static class EmbeddedSql
{
    private static readonly Assembly Home = typeof(EmbeddedSql).Assembly;
    private static readonly string Prefix = $"{typeof(EmbeddedSql).Namespace}.Sql.";

    public static string Read(string name)
    {
        using var stream = Home.GetManifestResourceStream(Prefix + name) ?? throw new InvalidOperationException($"The SQL file '{name}' is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>All files of a folder, in order of name.</summary>
    public static string ReadAll(string folder) =>
        string.Join('\n', Home.GetManifestResourceNames()
            .Where(name => name.StartsWith($"{Prefix}{folder}.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(name[Prefix.Length..])));
}
