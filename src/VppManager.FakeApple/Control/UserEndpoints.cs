namespace VppManager.FakeApple.Control;

internal sealed record Acceptance(string AppleAccount);

internal sealed record Names(IReadOnlyList<string> Values);

/// <summary>Users as Apple's side sees them: invitations accepted, managed accounts made known.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes, FakeAppleServer server)
    {
        var group = routes.MapGroup("/locations/{uid}").WithTags("Users");
        group.MapGet("/users", (string uid) => server.Location(uid).AllUsers);
        group.MapPost("/users", (string uid, Names clientUserIds) =>
        {
            server.Location(uid).AddUsers(clientUserIds.Values);

            return Results.NoContent();
        });
        group.MapPost("/users/{user}/accept", (string uid, string user, Acceptance body) =>
        {
            server.Location(uid).AcceptInvitation(user, body.AppleAccount);

            return Results.NoContent();
        }).WithSummary("Accepts an invitation; user is a client user id or an invite code.");
        group.MapPost("/users/{user}/retire", (string uid, string user) =>
        {
            server.Location(uid).RetireUsers(user);

            return Results.NoContent();
        }).WithSummary("Retires a user as another device management would.");
        group.MapPost("/managed-accounts", (string uid, Names accounts) =>
        {
            server.Location(uid).AddManagedAccounts(accounts.Values);

            return Results.NoContent();
        });
    }
}
