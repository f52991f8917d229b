namespace VppManager.Api.Graph.Wire;

/// <summary>Part of the answer, but of no view: it cannot be filtered or ordered by.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NoColumnAttribute : Attribute;
