using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

internal static class LicenseMapping
{
    public const string AppId = nameof(AppId);

    private const string PoolId = nameof(PoolId);

    /// <summary>The licences of an app. Said by its pool as well: so the page is read from the index that has a pool's licences in the order of their ids.</summary>
    public static Expression<Func<GraphReadContext, string?, IQueryable<TLicense>>> OfApp<TLicense>(
        Expression<Func<GraphReadContext, IQueryable<TLicense>>> licenses) where TLicense : Entity
    {
        Expression<Func<GraphReadContext, string?, TLicense, bool>> isOfApp = (db, app, row) =>
            EF.Property<string>(row, AppId) == app && EF.Property<Guid>(row, PoolId) == db.AppPools.Where(one => one.Id == app).Select(one => one.PoolId).First();
        var (context, app) = (licenses.Parameters[0], isOfApp.Parameters[1]);
        var test = Expression.Lambda<Func<TLicense, bool>>(Lambdas.Replace(isOfApp.Body, isOfApp.Parameters[0], context), isOfApp.Parameters[2]);
        var rows = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(TLicense)], licenses.Body, Expression.Quote(test));
        return Expression.Lambda<Func<GraphReadContext, string?, IQueryable<TLicense>>>(rows, context, app);
    }

    public static void Map(ModelBuilder model)
    {
        var ios = model.View<IosVppAppAssignedLicense>("graph_ios_assigned_licenses")
            .Guids(license => license.Id, license => license.UserId);
        ios.Property<string>(AppId).HasConversion<GuidText>();
        ios.Property<Guid>(PoolId);
        ios.HasDiscriminator<string>("HolderKind")
            .HasValue<IosVppAppAssignedLicense>("other")
            .HasValue<IosVppAppAssignedUserLicense>("user")
            .HasValue<IosVppAppAssignedDeviceLicense>("device");
        model.Entity<IosVppAppAssignedDeviceLicense>().Guids(license => license.ManagedDeviceId);

        var mac = model.View<MacOsVppAppAssignedLicense>("graph_mac_os_assigned_licenses")
            .Guids(license => license.Id, license => license.UserId);
        mac.Property<string>(AppId).HasConversion<GuidText>();
        mac.Property<Guid>(PoolId);

        var pool = model.Entity<AppPool>().Guids(row => row.Id);
        pool.ToView("graph_app_pools");
        pool.HasKey(row => row.Id);
    }
}
