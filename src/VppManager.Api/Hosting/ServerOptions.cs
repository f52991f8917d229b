using System.ComponentModel.DataAnnotations;
using System.Net;

namespace VppManager.Api.Hosting;

internal sealed class ServerOptions : IValidatableObject
{
    public const string Section = "Server";
    public const long DefaultMaxBodyBytes = 4 * 1024 * 1024;

    /// <summary>The largest request body, after decompression.</summary>
    [Range(64 * 1024, 1024L * 1024 * 1024)]
    public long MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>How long one statement of a read may take.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether the descriptions and the Swagger page are served; unset: in Development.</summary>
    public bool? Swagger { get; init; }

    /// <summary>Addresses and networks of proxies whose X-Forwarded headers are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => TrustedProxies
        .Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
        .Select(proxy => new ValidationResult($"'{proxy}' in TrustedProxies is neither an address nor a network such as 10.0.0.0/8."));
}
