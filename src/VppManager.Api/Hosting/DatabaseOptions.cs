using System.ComponentModel.DataAnnotations;

namespace VppManager.Api.Hosting;

internal sealed class DatabaseOptions
{
    public const string Section = "Database";
    public const string DefaultDataDirectory = ".data";

    /// <summary>Where a private PostgreSQL and the development key live; relative to the working folder.</summary>
    [Required]
    public string DataDirectory { get; init; } = DefaultDataDirectory;

    /// <summary>Migrate when the service starts. Unset: in the Development environment.</summary>
    public bool? MigrateAtStart { get; init; }

    public static string DataDirectoryOf(IConfiguration configuration) =>
        Path.GetFullPath(configuration[$"{Section}:{nameof(DataDirectory)}"] is { Length: > 0 } set ? set : DefaultDataDirectory);
}
