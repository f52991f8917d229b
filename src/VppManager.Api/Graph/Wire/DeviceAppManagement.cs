namespace VppManager.Api.Graph.Wire;

/// <summary>The singleton that all of app management hangs on.</summary>
internal sealed class DeviceAppManagement : Entity
{
    [Beta] public List<ManagedEBookCategory> ManagedEBookCategories { get; set; } = [];

    public List<ManagedEBook> ManagedEBooks { get; set; } = [];

    public List<MobileAppCategory> MobileAppCategories { get; set; } = [];

    public List<MobileApp> MobileApps { get; set; } = [];

    public List<VppToken> VppTokens { get; set; } = [];
}
