using System.ComponentModel.DataAnnotations;

namespace VppManager.Api.Apps;

/// <summary>How names, icons and versions are kept up to date.</summary>
internal sealed class MetadataOptions : IValidatableObject
{
    public const string Section = "Metadata";

    /// <summary>Countries in whose stores an app is looked for that its own country's does not have; two letters each, with commas between.</summary>
    public string Storefronts { get; init; } = "us,gb,de,fr,it,es";

    /// <summary>How old what a store said may become. A little less than a day: a daily sync must not just miss it.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromHours(20);

    /// <summary>When an app that its country's store does not have is looked for there again.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan SearchAgainAfter { get; init; } = TimeSpan.FromDays(7);

    public IReadOnlyList<string> Countries =>
        [.. (Storefronts ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(one => one.ToLowerInvariant())];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Countries.Where(one => one.Length != 2 || !one.All(char.IsAsciiLetter))
            .Select(one => new ValidationResult($"Storefronts: '{one}' is no country of two letters.", [nameof(Storefronts)]));
}
