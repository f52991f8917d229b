namespace VppManager.Api.Graph.Wire;

/// <summary>Not ours: apps of other kinds, which clients name in filters. No app here is one.</summary>
internal abstract class ManagedApp : MobileApp
{
    public ManagedAppAvailability AppAvailability { get; set; }
    public string? Version { get; set; }
}

internal enum ManagedAppAvailability
{
    Global,
    LineOfBusiness,
}
