using System.ComponentModel.DataAnnotations;

namespace VppManager.Api.Hosting;

internal sealed class ServerOptions
{
    public const string Section = "Server";
    public const long DefaultMaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>The largest request body, after decompression.</summary>
    [Range(64 * 1024, 1024L * 1024 * 1024)]
    public long MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;
}
