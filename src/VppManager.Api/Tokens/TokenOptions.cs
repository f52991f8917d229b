using System.ComponentModel.DataAnnotations;

namespace VppManager.Api.Tokens;

/// <summary>How tokens are looked after.</summary>
internal sealed class TokenOptions
{
    public const string Section = "Tokens";

    /// <summary>How often every instance looks for tokens that end soon or have ended.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan WatchEvery { get; init; } = TimeSpan.FromHours(1);
}
