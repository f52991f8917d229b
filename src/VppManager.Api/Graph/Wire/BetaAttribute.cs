namespace VppManager.Api.Graph.Wire;

/// <summary>Only the beta version of Graph has it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Enum | AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class BetaAttribute : Attribute;
