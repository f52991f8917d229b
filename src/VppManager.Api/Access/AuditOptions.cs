using System.ComponentModel.DataAnnotations;

namespace VppManager.Api.Access;

internal sealed class AuditOptions : IValidatableObject
{
    public const string Section = "Audit";

    private static readonly TimeSpan Least = TimeSpan.FromDays(30);

    /// <summary>How long audit events are kept; Intune keeps them for a year.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(365);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        KeepFor < Least ? [new ValidationResult("KeepFor must be at least 30 days.")] : [];
}
