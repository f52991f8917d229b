namespace VppManager.Api.Graph.Wire;

/// <summary>A relation that Graph has and of which there is never anything here: expanding it gives an empty list, or null.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AlwaysEmptyAttribute : Attribute;
