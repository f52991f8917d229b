using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>How users stand with Apple, for which Graph has no word: registered, invited, retired.</summary>
internal static class AppleAccountEndpoints
{
    private const int MostRows = 1000;

    public static void MapAppleAccounts(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/vpp/users/{id:guid}/appleAccounts").WithTags("Apple accounts");
        users.MapGet("/", OfUserAsync).RequirePermission(GraphPermissions.ReadApps).WithSummary("The user's Apple Accounts as Apple knows them, for each location");
        users.MapPost("/retire", RetireAsync).RequirePermission(GraphPermissions.UpdateApps)
            .WithSummary("Gives the user up at Apple: licences come free, and who is entitled still is invited anew");
        users.MapPost("/tryAgain", TryAgainAsync).RequirePermission(GraphPermissions.UpdateApps).WithSummary("Registers a user once more whom Apple refused");

        routes.MapGet("/vpp/tokens/{id:guid}/invitations", InvitationsAsync).WithTags("Apple accounts").RequirePermission(GraphPermissions.ReadApps)
            .WithSummary("Users of the token's location who have not accepted their invitation yet");
    }

    private static async Task<Results<Ok<IReadOnlyList<AppleAccountRow>>, ProblemHttpResult>> OfUserAsync(
        Guid id, Caller caller, AppleAccountList list, VppContext context, CancellationToken ct)
    {
        var rows = await list.OfUserAsync(caller.TenantId, id, ct);
        return rows.Count > 0 || await context.Users.AnyAsync(user => user.Id == id, ct)
            ? TypedResults.Ok(rows)
            : Problems.Of(VppError.NotFound("user", id.ToString()));
    }

    private static async Task<Results<Accepted<AppleAccountCount>, ProblemHttpResult>> RetireAsync(
        Guid id, Caller caller, RetireRequest request, RetireAppleAccounts retire, CancellationToken ct)
    {
        if (!TryRead(request.Account, out var account)) return Problems.Of(VppError.InvalidValue("account", "it must be 'personal' or 'managed'."));

        return Answer(await retire.ExecuteAsync(caller, id, new AppleAccountScope(request.LocationId, account), ct));
    }

    private static async Task<Results<Accepted<AppleAccountCount>, ProblemHttpResult>> TryAgainAsync(
        Guid id, Caller caller, TryAppleAccountsAgain again, CancellationToken ct) => Answer(await again.ExecuteAsync(caller, id, ct));

    /// <param name="after">The row after which to go on.</param>
    private static async Task<Results<Ok<InvitationPage>, ProblemHttpResult>> InvitationsAsync(
        Guid id, Caller caller, AppleAccountList list, VppContext context, Guid? after, int? top, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        if (await context.Tokens.Where(token => token.Id == id).Select(token => new { token.LocationId }).SingleOrDefaultAsync(ct) is not { } token)
            return Problems.Of(VppError.NotFound("token", id.ToString()));

        return TypedResults.Ok(token.LocationId is { } location
            ? await list.NotAcceptedAsync(location, after, Math.Clamp(top ?? 100, 1, MostRows), ct)
            : new InvitationPage([], null));
    }

    private static Results<Accepted<AppleAccountCount>, ProblemHttpResult> Answer(Outcome<int> outcome) =>
        outcome.IsOk ? TypedResults.Accepted((string?)null, new AppleAccountCount(outcome.Value)) : Problems.Of(outcome.Error);

    private static bool TryRead(string? word, out AppleAccount? account)
    {
        account = Enum.GetValues<AppleAccount>().Where(one => EnumText.Of(one) == word).Select(one => (AppleAccount?)one).FirstOrDefault();
        return word is null || account is not null;
    }
}

/// <param name="LocationId">Only at this location; without one, at all.</param>
/// <param name="Account">Only <c>personal</c> or <c>managed</c>; without one, both.</param>
internal sealed record RetireRequest(Guid? LocationId = null, string? Account = null);

/// <param name="Count">How many Apple users are concerned.</param>
internal sealed record AppleAccountCount(int Count);
