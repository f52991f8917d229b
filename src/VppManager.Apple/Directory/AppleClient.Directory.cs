using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

public sealed partial class AppleClient
{
    /// <summary>
    /// Reads one page of the users of a location. To read all pages use <see cref="PageWalk"/>.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/get-users-4mwln"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="query">Which users.</param>
    /// <param name="pageIndex">The page, from 0.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The page.</returns>
    /// <exception cref="AppleException">
    /// <see cref="AppleErrorMeaning.PageOutOfRange"/>; <see cref="AppleErrorMeaning.FullReadNeeded"/>; or the token is dead, or Apple
    /// does not answer.
    /// </exception>
    public Task<UsersPage> GetUsersAsync(ContentToken token, UsersQuery query, int pageIndex, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);

        var address = new Query("users")
            .With("clientUserId", query.ClientUserId)
            .With("activeOnly", query.ActiveOnly)
            .With("retiredOnly", query.RetiredOnly)
            .With("sinceVersionId", query.SinceVersionId)
            .With("pageIndex", pageIndex);
        return GetAsync(address, token, AppleJson.Default.UsersPage, ct);
    }

    /// <summary>
    /// Creates users: registered, to be invited, or associated at once by a Managed Apple Account.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/create-users"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="users">The users; at most <see cref="ServiceLimits.MaxUsers"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>
    /// The event to follow. It fails for a user who exists (<see cref="AppleErrorMeaning.UserExists"/>) and for an account that is
    /// unknown or taken; invitation codes come by notification or <see cref="GetUsersAsync"/>.
    /// </returns>
    /// <exception cref="AppleException">
    /// Nothing was done: <see cref="AppleErrorMeaning.SplitAndTryAgain"/>, <see cref="AppleErrorMeaning.Refused"/> (a bad address),
    /// <see cref="AppleErrorMeaning.ReadOnly"/>, or the token is dead. Not known: <see cref="AppleErrorMeaning.OutOfReach"/>,
    /// <see cref="AppleErrorMeaning.TryAgain"/>, <see cref="AppleErrorMeaning.Unreadable"/>.
    /// </exception>
    public Task<EventAccepted> CreateUsersAsync(ContentToken token, IReadOnlyList<RequestUser> users, CancellationToken ct) =>
        PostForEventAsync("users/create", token, new ManageUsers(users), AppleJson.Default.ManageUsers, ct);

    /// <summary>
    /// Changes users' addresses or Managed Apple Accounts.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/update-users"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="users">The users; at most <see cref="ServiceLimits.MaxUsers"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The event to follow.</returns>
    /// <exception cref="AppleException">
    /// As of <see cref="CreateUsersAsync"/>; besides, <see cref="AppleErrorMeaning.UnknownUser"/>.
    /// </exception>
    public Task<EventAccepted> UpdateUsersAsync(ContentToken token, IReadOnlyList<RequestUser> users, CancellationToken ct) =>
        PostForEventAsync("users/update", token, new ManageUsers(users), AppleJson.Default.ManageUsers, ct);

    /// <summary>
    /// Retires users, which frees what can be taken back from them. Books stay with the retired user.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/retire-users"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="clientUserIds">The users; at most <see cref="ServiceLimits.MaxUsers"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The event to follow.</returns>
    /// <exception cref="AppleException">As of <see cref="UpdateUsersAsync"/>.</exception>
    public Task<EventAccepted> RetireUsersAsync(ContentToken token, IReadOnlyList<string> clientUserIds, CancellationToken ct)
    {
        var users = new ManageUsers([.. clientUserIds.Select(id => new RequestUser(id))]);
        return PostForEventAsync("users/retire", token, users, AppleJson.Default.ManageUsers, ct);
    }
}
