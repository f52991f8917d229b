using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Tokens;
using VppManager.Apple;
using VppManager.Apple.Directory;
using VppManager.Apple.Tokens;
using AppleSide = VppManager.Apple.Directory;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>Users as Apple knows them now.</summary>
/// <param name="Version">Of which Apple can be asked for the changes since; null when only single users were looked up.</param>
internal sealed record UsersAtApple(IReadOnlyList<AppleSide.AppleUser> Active, string? Version)
{
    public static readonly UsersAtApple None = new([], null);
}

/// <summary>
/// Looks users up after a request: Apple's event says neither status nor invite code. Few are asked for one by one, many in the list of what changed
/// since the last look.
/// </summary>
internal sealed class AppleAccountReading(NpgsqlDataSource database, AppleClient apple, PageWalk walk, TokenStates states)
{
    private const int Few = 4;

    public async Task<UsersAtApple> ReadAsync(Guid tenant, Guid location, ContentToken token, IReadOnlyCollection<string> users, CancellationToken ct)
    {
        if (users.Count <= Few) return new UsersAtApple(await OneByOneAsync(tenant, location, token, users, ct), null);

        try
        {
            return await ChangedAsync(tenant, location, token, await VersionAsync(tenant, location, ct), ct);
        }
        catch (AppleException refusal) when (refusal.Meaning is AppleErrorMeaning.FullReadNeeded)
        {
            return await ChangedAsync(tenant, location, token, null, ct);
        }
    }

    /// <summary>The active ones among these, each by a question of its own.</summary>
    private async Task<List<AppleSide.AppleUser>> OneByOneAsync(
        Guid tenant, Guid location, ContentToken token, IEnumerable<string> users, CancellationToken ct)
    {
        var found = new List<AppleSide.AppleUser>();
        foreach (var user in users)
        {
            var page = await apple.GetUsersAsync(token, new UsersQuery { ClientUserId = user, ActiveOnly = true }, 0, ct);
            await CheckOwnerAsync(tenant, location, page, ct);
            found.AddRange(page.Users.Where(one => one.ClientUserId == user));
        }
        return found;
    }

    private async Task<UsersAtApple> ChangedAsync(Guid tenant, Guid location, ContentToken token, string? since, CancellationToken ct)
    {
        var found = new List<AppleSide.AppleUser>();
        string? version = null;
        await foreach (var page in walk.ReadUsersAsync(token, new UsersQuery { ActiveOnly = true, SinceVersionId = since }, null, ct))
        {
            if (page.IsFirst)
            {
                found.Clear();
                version = page.VersionId;
            }
            await CheckOwnerAsync(tenant, location, page.Answer, ct);
            found.AddRange(page.Rows);
        }
        return new UsersAtApple(found, version);
    }

    private async ValueTask CheckOwnerAsync(Guid tenant, Guid location, AppleAnswer answer, CancellationToken ct)
    {
        if (!await states.IsStillOursAsync(tenant, location, answer, ct))
            throw new AppleException("Another device management service has taken the location over.") { Meaning = AppleErrorMeaning.OutOfReach };
    }

    private async Task<string?> VersionAsync(Guid tenant, Guid location, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("read"), ct);
        return await transaction.ReadOneAsync(
            Sql.Command("select users_version from locations where tenant_id = $1 and id = $2", tenant, location), row => row.IsDBNull(0) ? null : row.GetString(0), ct);
    }
}
