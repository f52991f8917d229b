using VppManager.Apple.Apps;
using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

/// <summary>
/// Reads all pages, a few at a time and in order, with no more in memory than those few. Apple has no snapshots: a write during the
/// traversal shifts the rows of later pages. The walk notices by the version and begins anew; at a location too busy for that it finally
/// reads one page after the other to the end and says that the result is torn.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/using-paginated-endpoints"/>.
/// </summary>
/// <param name="client">The client.</param>
public sealed class PageWalk(AppleClient client)
{
    /// <summary>Reads all pages of the assets of a location. Throws as <see cref="AppleClient.GetAssetsAsync"/> does.</summary>
    /// <param name="token">The location's token.</param>
    /// <param name="query">Which assets; unlimited ones of a list of their own come among the others.</param>
    /// <param name="options">How to walk; by default as <see cref="WalkOptions"/> says.</param>
    /// <param name="ct">Gives up.</param>
    public IAsyncEnumerable<PageOf<Asset>> ReadAssetsAsync(
        ContentToken token, AssetsQuery query, WalkOptions? options, CancellationToken ct) =>
        new Traversal<AssetsPage, Asset>(
            (index, cancel) => client.GetAssetsAsync(token, query, index, cancel),
            page => page.UnlimitedAssets.Count == 0 ? page.Assets : [.. page.Assets, .. page.UnlimitedAssets.Select(asset => asset with { TotalCount = Asset.Unlimited })],
            options ?? new()).RunAsync(ct);

    /// <summary>Reads all pages of the assignments of a location. Throws as <see cref="AppleClient.GetAssignmentsAsync"/> does.</summary>
    /// <param name="token">The location's token.</param>
    /// <param name="query">Which assignments.</param>
    /// <param name="options">How to walk; by default as <see cref="WalkOptions"/> says.</param>
    /// <param name="ct">Gives up.</param>
    public IAsyncEnumerable<PageOf<Assignment>> ReadAssignmentsAsync(
        ContentToken token, AssignmentsQuery query, WalkOptions? options, CancellationToken ct) =>
        new Traversal<AssignmentsPage, Assignment>(
            (index, cancel) => client.GetAssignmentsAsync(token, query, index, cancel),
            page => page.Assignments,
            options ?? new()).RunAsync(ct);

    /// <summary>Reads all pages of the users of a location. Throws as <see cref="AppleClient.GetUsersAsync"/> does.</summary>
    /// <param name="token">The location's token.</param>
    /// <param name="query">Which users.</param>
    /// <param name="options">How to walk; by default as <see cref="WalkOptions"/> says.</param>
    /// <param name="ct">Gives up.</param>
    public IAsyncEnumerable<PageOf<AppleUser>> ReadUsersAsync(
        ContentToken token, UsersQuery query, WalkOptions? options, CancellationToken ct) =>
        new Traversal<UsersPage, AppleUser>(
            (index, cancel) => client.GetUsersAsync(token, query, index, cancel),
            page => page.Users,
            options ?? new()).RunAsync(ct);
}
