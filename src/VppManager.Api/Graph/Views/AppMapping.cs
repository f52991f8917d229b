using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

internal static class AppMapping
{
    public static void Map(ModelBuilder model)
    {
        var app = model.View<MobileApp>("graph_mobile_apps").Guids(app => app.Id);
        app.HasDiscriminator<string>("Kind").HasValue<IosVppApp>("ios").HasValue<MacOsVppApp>("macOs");
        app.Property(app => app.HasIcon);
        app.HasMany(app => app.Assignments).WithOne().HasForeignKey(AssignmentMapping.AppId);
        app.HasMany(app => app.Categories).WithMany().UsingEntity<AppCategory>(
            link => link.HasOne<MobileAppCategory>().WithMany().HasForeignKey(category => category.CategoryId),
            link => link.HasOne<MobileApp>().WithMany().HasForeignKey(category => category.AppId));

        var image = model.Entity<AppImage>().Guids(row => row.AppId);
        image.ToView("graph_app_images");
        image.HasKey(row => row.AppId);
        MapIos(model);
        MapMacOs(model);
        model.Ignore<MobileAppRelationship>();
        model.View<MobileAppCategory>("graph_mobile_app_categories").Guids(category => category.Id);

        var link = model.Entity<AppCategory>().Guids(category => category.AppId, category => category.CategoryId);
        link.ToView("graph_app_categories");
        link.HasKey(category => new { category.AppId, category.CategoryId });
    }

    private static void MapIos(ModelBuilder model)
    {
        var app = model.Entity<IosVppApp>().WithoutAbsentColumns().Guids(app => app.VppTokenId);
        app.Property(app => app.LicensingType).HasJson();
        app.Property(app => app.RevokeLicenseActionResults).HasJson();
        app.Property(app => app.ApplicableDeviceType).HasJson();
        app.HasMany(app => app.AssignedLicenses).WithOne().HasForeignKey(LicenseMapping.AppId);
    }

    private static void MapMacOs(ModelBuilder model)
    {
        var app = model.Entity<MacOsVppApp>().WithoutAbsentColumns().Guids(app => app.VppTokenId);
        app.Property(app => app.LicensingType).HasJson();
        app.Property(app => app.RevokeLicenseActionResults).HasJson();
        app.HasMany(app => app.AssignedLicenses).WithOne().HasForeignKey(LicenseMapping.AppId);
    }
}
