using System.Diagnostics.CodeAnalysis;

namespace VppManager.Core;

/// <summary>Either a value or an expected refusal.</summary>
/// <typeparam name="T">What comes out when the answer is yes.</typeparam>
public readonly record struct Outcome<T>
{
    private Outcome(T? value, VppError? error) => (Value, Error) = (value, error);

    /// <summary>The value; null when refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null when there is a value.</summary>
    public VppError? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsOk => Error is null;

    internal static Outcome<T> Ok(T value) => new(value, null);

    /// <summary>A value.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Outcome<T>(VppError error) => new(default, error);
}

/// <summary>The empty value of an operation that only succeeds or is refused.</summary>
public readonly record struct Done;

/// <summary>Makes outcomes of values whose type is an interface, which the implicit conversion cannot take.</summary>
public static class Outcome
{
    /// <summary>A value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The outcome that holds it.</returns>
    public static Outcome<T> Of<T>(T value) => Outcome<T>.Ok(value);
}
