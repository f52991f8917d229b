using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

internal static class DevicesEndpoints
{
    private static readonly string[] Searched =
        [nameof(ManagedDevice.DeviceName), nameof(ManagedDevice.SerialNumber), nameof(ManagedDevice.UserPrincipalName)];

    public static void MapDevices(this IEndpointRouteBuilder version, GraphModel model)
    {
        var managed = version.MapGroup("/deviceManagement/managedDevices").WithTags("Devices");
        var ofUser = version.MapGroup($"/users/{{{SetPath.ParentKey}}}/managedDevices").WithTags("Devices");
        var objects = version.MapGroup("/devices").WithTags("Devices");

        managed.MapSet(Managed(model), GraphPermissions.ReadDevices);
        ofUser.MapSet(OfUser(model), GraphPermissions.ReadDevices);
        objects.MapSet(new GraphSet<Device>(model, "devices", (db, _) => db.Devices, nameof(Device.DisplayName)),
            GraphPermissions.ReadObjects);
    }

    public static GraphSet<ManagedDevice> Managed(GraphModel model) =>
        new(model, "deviceManagement/managedDevices", (db, _) => db.ManagedDevices, Searched);

    private static GraphSet<ManagedDevice> OfUser(GraphModel model) =>
        new(
            model,
            $"users('{{{SetPath.ParentKey}}}')/managedDevices",
            (db, user) => db.ManagedDevices.Where(device => device.UserId == user),
            Searched)
        {
            Parents = UsersEndpoints.One,
            ParentNamed = UsersEndpoints.IdOf,
        };
}
