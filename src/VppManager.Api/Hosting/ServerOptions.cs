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

    /// <summary>How many bytes of a body have to come in a second; what comes slower is cut off.</summary>
    [Range(1, int.MaxValue)]
    public double SlowestBody { get; init; } = 240;

    /// <summary>How long a body may be slower before it is cut off.</summary>
    public TimeSpan SlowestBodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one statement of a read may take.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether the descriptions and the Swagger page are served; unset: in Development.</summary>
    public bool? Swagger { get; init; }

    /// <summary>Addresses and networks of proxies whose X-Forwarded headers are believed.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    // The server looks at the pace of its connections once a second.
    private static readonly TimeSpan LeastGrace = TimeSpan.FromSeconds(1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SlowestBodyGrace <= LeastGrace) yield return new ValidationResult("SlowestBodyGrace must be more than a second.");
        foreach (var proxy in TrustedProxies.Where(proxy => !IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _)))
            yield return new ValidationResult($"'{proxy}' in TrustedProxies is neither an address nor a network such as 10.0.0.0/8.");
    }
}
