using System.Net.Mail;
using VppManager.FakeApple.Sync;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Directory;

internal sealed record RequestedUser(string? ClientUserId, string? Email, string? ManagedAppleId);

internal sealed record UsersRequest(IReadOnlyList<RequestedUser>? Users);

internal sealed record UsersBody : PagedEnvelope
{
    public UsersBody(Page page, string versionId) : base(page, versionId)
    {
    }

    public required IReadOnlyList<UserBody> Users { get; init; }
}

/// <summary><c>users</c> and its create, update and retire.</summary>
internal sealed class UserEndpoints(FakeSettings settings)
{
    public Outcome Read(AppleCall call)
    {
        lock (call.Location.Gate)
        {
            var versions = call.Location.Users.Versions;
            var since = 0L;
            if (call.Request.Text("sinceVersionId") is { } id && !versions.TryRead(id, out since)) return new AppleError(9721);

            var users = Matches(call, since);
            if (Page.Of(call.Request.Number("pageIndex") ?? 0, users.Count, settings.PageSize, settings.EmptyTotalPages) is not { } page)
                return new AppleError(9650);

            return new UsersBody(page, versions.Id) { Users = [.. users.Skip(page.Start).Take(page.Size).Select(user => user.ToBody())] };
        }
    }

    public async Task<Outcome> AcceptAsync(AppleCall call, string type)
    {
        var users = call.Request.Read<UsersRequest>().Users ?? [];
        lock (call.Location.Gate)
            if (Refusal(call.Location, type, users) is { } error) return error;

        return await call.Location.Events.AcceptAsync(new UserEvent(call.Location, type, users));
    }

    private static List<UserRecord> Matches(AppleCall call, long since)
    {
        var (active, retired) = (call.Request.Flag("activeOnly") == true, call.Request.Flag("retiredOnly") == true);
        var id = call.Request.Text("clientUserId");

        return [.. call.Location.Users.Rows.Where(user => user.Version > since
            && (!active || user.IsActive) && (!retired || !user.IsActive) && (id ?? user.ClientUserId) == user.ClientUserId)];
    }

    private AppleError? Refusal(FakeLocation location, string type, IReadOnlyList<RequestedUser> users)
    {
        if (users.Count == 0) return new AppleError(9720);
        if (users.Any(user => string.IsNullOrEmpty(user?.ClientUserId))) return new AppleError(9602);
        if (users.Count > settings.Limits.MaxUsers) return new AppleError(9714);

        var ids = users.Select(user => user.ClientUserId!).ToList();
        var twice = ids.CountBy(id => id).Where(count => count.Value > 1).Select(count => count.Key).ToList();
        if (twice.Count > 0) return new AppleError(9715, new ErrorInfo { ClientUserIds = twice });
        if (users.Any(user => user.Email is { Length: > 0 } email && !MailAddress.TryCreate(email, out _))) return new AppleError(9717);
        if (type == UserEvent.Create || settings.UnknownUsersFailLater) return null;

        var unknown = ids.Where(id => location.Users.Active(id) is null).ToList();

        return unknown.Count > 0 ? new AppleError(9609, new ErrorInfo { ClientUserIds = unknown }) : null;
    }
}
