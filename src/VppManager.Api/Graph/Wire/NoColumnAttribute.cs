namespace VppManager.Api.Graph.Wire;

/// <summary>Part of the answer, but of no view: it cannot be filtered, ordered or expanded by.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NoColumnAttribute : Attribute;
