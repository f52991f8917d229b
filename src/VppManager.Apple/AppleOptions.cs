namespace VppManager.Apple;

/// <summary>Settings of the client, section <c>Apple</c>. Checked when the process starts.</summary>
public sealed class AppleOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Apple";

    /// <summary>Apple's host. The path <c>/mdm/v2/…</c> is appended to it.</summary>
    public Uri BaseAddress { get; set; } = new("https://vpp.itunes.apple.com");

    /// <summary>Where metadata is looked up; unset: what Apple's service config says.</summary>
    public Uri? MetadataAddress { get; set; }

    /// <summary>
    /// Where the newer catalogue answers, above <c>/catalog</c>; unset: Apple's host for the kind of organisation. Asked only with a developer's key.
    /// </summary>
    public Uri? CatalogAddress { get; set; }

    /// <summary>The id of the developer's key for the catalogue: ten letters and digits. Set all of the developer's settings, or none.</summary>
    public string? DeveloperKeyId { get; set; }

    /// <summary>The developer's team: ten letters and digits.</summary>
    public string? DeveloperTeamId { get; set; }

    /// <summary>The developer's private key (P-256), as the text of its PEM file. A secret.</summary>
    public string? DeveloperKey { get; set; }

    /// <summary>The file that holds the private key, instead of <see cref="DeveloperKey"/>.</summary>
    public string? DeveloperKeyFile { get; set; }

    /// <summary>What the client calls itself.</summary>
    public string UserAgent { get; set; } = "VppManager";

    /// <summary>How long one try may take, from sending it to the last byte of the answer.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one call may take with all its tries and the waits between them.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>How often one call is tried again, where trying again is harmless.</summary>
    public int Retries { get; set; } = 5;

    /// <summary>The first wait before trying again; each further one is twice as long, with jitter.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest <c>Retry-After</c> waited for within a call. A longer one surfaces, for the caller to come back later.
    /// </summary>
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many failed tries of one location, at least half of all within half a minute, stop it for <see cref="BreakFor"/>.
    /// </summary>
    public int BreakAfter { get; set; } = 10;

    /// <summary>How long a location is left alone after it failed too often.</summary>
    public TimeSpan BreakFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How old the limits of the service config may become. Apple asks for five minutes at most.</summary>
    public TimeSpan LimitsMaxAge { get; set; } = TimeSpan.FromMinutes(4);
}
