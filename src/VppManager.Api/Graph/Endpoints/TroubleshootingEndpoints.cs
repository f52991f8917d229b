using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>What went wrong, for the whole tenant and for one user.</summary>
internal static class TroubleshootingEndpoints
{
    public static void MapTroubleshooting(this IEndpointRouteBuilder version, GraphModel model)
    {
        const string Apps = "deviceManagement/mobileAppTroubleshootingEvents";
        version.MapGroup("/" + Apps).WithTags("Reports")
            .MapSet(new GraphSet<MobileAppTroubleshootingEvent>(model, Apps, (db, _) => db.AppTroubles) { HasTextKeys = true },
                GraphPermissions.ReadReports);
        new EmptySet<AppLogCollectionRequest>(model, $"{Apps}('{{{SetPath.ParentKey}}}')/appLogCollectionRequests").Map(
            version.MapGroup($"/{Apps}/{{{SetPath.ParentKey}}}/appLogCollectionRequests").WithTags("Reports"),
                GraphPermissions.ReadReports);

        const string Events = "deviceManagement/troubleshootingEvents";
        var events = version.MapGroup("/" + Events).WithTags("Reports");
        if (!model.IsBeta)
        {
            // The events that there are here are of a type that only beta has.
            new EmptySet<DeviceManagementTroubleshootingEvent>(model, Events).Map(events, GraphPermissions.ReadReports);
            return;
        }

        events.MapSet(new GraphSet<DeviceManagementTroubleshootingEvent>(model, Events, (db, _) => db.Troubles),
            GraphPermissions.ReadReports);
        MapOfUser(version, model);
    }

    private static void MapOfUser(IEndpointRouteBuilder version, GraphModel model)
    {
        var user = version.MapGroup($"/users/{{{SetPath.ParentKey}}}").WithTags("Reports");
        user.MapGroup("/mobileAppIntentAndStates").MapSet(new GraphSet<MobileAppIntentAndState>(
            model, $"users('{{{SetPath.ParentKey}}}')/mobileAppIntentAndStates", (db, id) => db.AppIntents.Where(row => row.UserId == id))
        {
            Parents = UsersEndpoints.One,
            ParentNamed = UsersEndpoints.IdOf,
        }, GraphPermissions.ReadReports);

        user.MapGroup("/mobileAppTroubleshootingEvents").MapSet(new GraphSet<MobileAppTroubleshootingEvent>(
            model, $"users('{{{SetPath.ParentKey}}}')/mobileAppTroubleshootingEvents",
                (db, id) => db.AppTroubles.Where(row => row.UserId == id))
        {
            HasTextKeys = true,
            Parents = UsersEndpoints.One,
            ParentNamed = UsersEndpoints.IdOf,
        }, GraphPermissions.ReadReports);
    }
}
