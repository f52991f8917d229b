using System.Collections.Frozen;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>What a value of a request may be. Each rule gives the refusal, or null.</summary>
internal static class ValueRules
{
    public const int Name = 256;
    public const int Text = 1024;

    /// <summary>May be null.</summary>
    public static VppError? AtMost(int longest, string property, Change<string> change) => change.Value switch
    {
        null => null,
        { Length: var length } when length > longest => VppError.InvalidValue(property, $"it is longer than {longest} characters."),
        var text when text.Contains('\0', StringComparison.Ordinal) => VppError.InvalidValue(property, "it holds a null character."),
        _ => null,
    };

    /// <summary>When set, there is something in it.</summary>
    public static VppError? NotBlank(int longest, string property, Change<string> change) =>
        change.IsSet && string.IsNullOrWhiteSpace(change.Value) ? VppError.InvalidValue(property, "it is empty.") : AtMost(longest, property, change);

    /// <summary>When set, one word without spaces.</summary>
    public static VppError? Word(int longest, string property, Change<string> change) =>
        NotBlank(longest, property, change)
        ?? (change.Value is { } text && text.Any(char.IsWhiteSpace) ? VppError.InvalidValue(property, "it holds a space.") : null);

    public static VppError? NotNull<T>(string property, Change<T?> change) where T : struct =>
        change is { IsSet: true, Value: null } ? VppError.InvalidValue(property, "it cannot be null.") : null;

    public static VppError? OneOf(FrozenSet<string> words, string property, Change<string> change) =>
        !change.IsSet || (change.Value is { } word && words.Contains(word))
            ? null
            : VppError.InvalidValue(property, $"it must be one of {string.Join(", ", words.Order(StringComparer.Ordinal))}.");

    public static VppError Missing(string property) => VppError.InvalidValue(property, "it is missing.");
}
