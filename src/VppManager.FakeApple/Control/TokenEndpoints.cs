using VppManager.FakeApple.Tokens;

namespace VppManager.FakeApple.Control;

internal sealed record NewToken(DateTimeOffset? Expires, string? OrgName, string? Account, bool? RevokeOlder);

internal sealed record TokenView(Guid Id, string LocationUid, string OrgName, string Account, DateTimeOffset Expires, TokenState State, string Vpptoken)
{
    public static TokenView Of(FakeToken token) =>
        new(token.Id, token.Location.Uid, token.OrgName, token.Account, token.Expires, token.State, token.VpptokenFile);
}

/// <summary>Downloading content tokens and changing their fate.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes, FakeAppleServer server)
    {
        var group = routes.MapGroup("").WithTags("Tokens");
        group.MapGet("/locations/{uid}/tokens", (string uid) => server.Location(uid).Tokens.Select(TokenView.Of));
        group.MapPost("/locations/{uid}/tokens", (string uid, NewToken? body) => TokenView.Of(server.Location(uid).IssueToken(
            body?.Expires, body?.OrgName, body?.Account ?? "content.manager@example.org", body?.RevokeOlder ?? false)));
        group.MapPost("/locations/{uid}/legacyTokens", (string uid) => TokenView.Of(server.Location(uid).IssueLegacyToken()));
        group.MapPost("/locations/{uid}/migrateTo/{toUid}", (string uid, string toUid) =>
        {
            server.Location(uid).MigrateTo(server.Location(toUid));

            return Results.NoContent();
        });
        group.MapPost("/developerKeys", () => server.Developers.Issue());
        group.MapPost("/locations/{uid}/passwords/{account}/change", (string uid, string account) =>
        {
            server.Location(uid).ChangePassword(account);

            return Results.NoContent();
        });
        group.MapGet("/tokens/{id:guid}/file", (Guid id) => Results.Text(Token(server, id).VpptokenFile));
        group.MapPost("/tokens/{id:guid}/state/{state}", (Guid id, TokenState state) =>
        {
            Token(server, id).Become(state);

            return TokenView.Of(Token(server, id));
        });
    }

    private static FakeToken Token(FakeAppleServer server, Guid id) =>
        server.FindToken(id) ?? throw new KeyNotFoundException($"There is no token {id}.");
}
