using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

internal static class LicenseMapping
{
    public const string AppId = nameof(AppId);

    public static void Map(ModelBuilder model)
    {
        var ios = model.View<IosVppAppAssignedLicense>("graph_ios_assigned_licenses")
            .Guids(license => license.Id, license => license.UserId);
        ios.Property<string>(AppId).HasConversion<GuidText>();
        ios.HasDiscriminator<string>("HolderKind")
            .HasValue<IosVppAppAssignedLicense>("other")
            .HasValue<IosVppAppAssignedUserLicense>("user")
            .HasValue<IosVppAppAssignedDeviceLicense>("device");
        model.Entity<IosVppAppAssignedDeviceLicense>().Guids(license => license.ManagedDeviceId);

        var mac = model.View<MacOsVppAppAssignedLicense>("graph_mac_os_assigned_licenses")
            .Guids(license => license.Id, license => license.UserId);
        mac.Property<string>(AppId).HasConversion<GuidText>();
    }
}
