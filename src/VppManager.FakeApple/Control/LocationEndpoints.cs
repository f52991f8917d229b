using VppManager.FakeApple.Tokens;

namespace VppManager.FakeApple.Control;

internal sealed record NewLocation(string Name, string? Country, string? Uid, string? DefaultPlatform, bool? ManagedByApple);

internal sealed record LocationPatch(string? Name, string? Country, bool? ManagedByApple);

internal sealed record Claim(string Id, string Name, string? Metadata);

internal sealed record LocationView(
    string Uid, string Name, string Country, string DefaultPlatform, bool ManagedByApple, Claim? MdmInfo, int Assets, int MostRequestsPerSecond)
{
    public static LocationView Of(FakeLocation location) => new(
        location.Uid,
        location.Name,
        location.Country,
        location.DefaultPlatform,
        location.ManagedByApple,
        location.MdmInfo is { } info ? new Claim(info.Id, info.Name, info.Metadata) : null,
        location.Assets.Count,
        location.MostRequestsPerSecond);
}

/// <summary>Locations, their claim, their events and their notifications.</summary>
internal static class LocationEndpoints
{
    public static void MapLocations(this IEndpointRouteBuilder routes, FakeAppleServer server)
    {
        var group = routes.MapGroup("/locations").WithTags("Locations");
        group.MapGet("/", () => server.Locations.Select(LocationView.Of));
        group.MapPost("/", (NewLocation body) => LocationView.Of(server.AddLocation(
            body.Name, body.Country ?? "US", body.Uid, body.DefaultPlatform ?? "enterprisestore", body.ManagedByApple ?? false)));
        group.MapGet("/{uid}", (string uid) => LocationView.Of(server.Location(uid)));
        group.MapPatch("/{uid}", (string uid, LocationPatch patch) => Change(server.Location(uid), patch));
        group.MapPost("/{uid}/takeover", (string uid, Claim claim) =>
        {
            server.Location(uid).TakeOver(claim.Id, claim.Name, claim.Metadata ?? "");

            return Results.NoContent();
        });
        group.MapEvents(server);
        group.MapNotifications(server);
    }

    private static void MapEvents(this RouteGroupBuilder group, FakeAppleServer server)
    {
        group.MapPost("/{uid}/events/hold", (string uid, int count) =>
        {
            server.Location(uid).HoldEvents(count);

            return Results.NoContent();
        });
        group.MapPost("/{uid}/events/release", (string uid) => new { Released = server.Location(uid).ReleaseEvents() });
        group.MapPost("/{uid}/events/fail", (string uid, int count, int errorNumber) =>
        {
            server.Location(uid).FailEvents(count, errorNumber);

            return Results.NoContent();
        });
        group.MapPost("/{uid}/versions/forget", (string uid) =>
        {
            server.Location(uid).ForgetVersions();

            return Results.NoContent();
        });
    }

    private static void MapNotifications(this RouteGroupBuilder group, FakeAppleServer server)
    {
        group.MapGet("/{uid}/notifications", (string uid) => server.Location(uid).Notifications.Deliveries);
        group.MapPost("/{uid}/notifications/spoil", (string uid, int? lose, int? twice, int? reverse, int? early, int? delay, double? delaySeconds) =>
        {
            var control = server.Location(uid).Notifications;
            if (lose is { } lost) control.LoseNext(lost);
            if (twice is { } doubled) control.DoubleNext(doubled);
            if (reverse is { } reversed) control.ReverseNext(reversed);
            if (early is { } hurried) control.EarlyNext(hurried);
            if (delay is { } delayed) control.DelayNext(delayed, TimeSpan.FromSeconds(delaySeconds ?? 60));

            return Results.NoContent();
        });
        group.MapDelete("/{uid}/notifications/spoil", (string uid) =>
        {
            server.Location(uid).Notifications.Clear();

            return Results.NoContent();
        }).WithSummary("Ends every disturbance; what was kept back is lost.");
    }

    private static LocationView Change(FakeLocation location, LocationPatch patch)
    {
        location.Name = patch.Name ?? location.Name;
        location.Country = patch.Country ?? location.Country;
        location.ManagedByApple = patch.ManagedByApple ?? location.ManagedByApple;

        return LocationView.Of(location);
    }
}
