using VppManager.FakeApple.Licenses;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Directory;

/// <summary>A create, update or retire of users under way.</summary>
internal sealed class UserEvent(FakeLocation location, string type, IReadOnlyList<RequestedUser> users) : EventRun(location, type, users.Count)
{
    public const string Create = "CREATE";
    public const string Update = "UPDATE";
    public const string Retire = "RETIRE";

    protected override Task WorkAsync(CancellationToken ct) => WorkAsync(Apply, ct);

    protected override Task FailAsync(int number, CancellationToken ct) => WorkAsync(_ => number, ct);

    /// <summary>Applies to each user, which gives the number of the error or nothing.</summary>
    private async Task WorkAsync(Func<RequestedUser, int?> apply, CancellationToken ct)
    {
        foreach (var batch in users.Chunk(BatchSize))
        {
            List<(int? Error, UserBody User)> results;
            lock (Location.Gate) results = [.. batch.Select(user => Note(user, apply(user)))];
            await PauseAsync(Location.Webhook.PostAsync(Notifications(results)), ct);
        }
    }

    private (int? Error, UserBody User) Note(RequestedUser user, int? error)
    {
        var id = user.ClientUserId!;
        if (error is { } number) Failed(number).AddUser(id);
        else Complete(1);

        return (error, Location.Users.Latest(id)?.ToBody() ?? new UserBody(id, user.Email, null, null, ""));
    }

    private int? Apply(RequestedUser user)
    {
        var active = Location.Users.Active(user.ClientUserId!);
        if (Type == Create ? active is not null : active is null) return Type == Create ? 9716 : 9609;
        if (Type == Retire)
        {
            Location.Resign(active!);

            return null;
        }

        if (AccountError(user) is { } error) return error;

        active ??= Location.Users.Register(user.ClientUserId!);
        active.Email = user.Email is { Length: > 0 } email ? email : active.Email;
        if (user.ManagedAppleId is { Length: > 0 } account) Location.Users.AssociateManaged(active, account);
        Location.Users.Touch(active);

        return null;
    }

    private int? AccountError(RequestedUser user)
    {
        if (user.ManagedAppleId is not { Length: > 0 } account) return null;
        if (!Settings.AnyManagedAccount && !Location.Users.ManagedAccounts.Contains(account)) return 9635;

        return Location.Users.OfManagedAccount(account) is { } other && other.ClientUserId != user.ClientUserId ? 9641 : null;
    }

    private IEnumerable<Notification> Notifications(List<(int? Error, UserBody User)> results) =>
        from result in results
        group result.User by result.Error into same
        let error = same.Key is { } number ? new AppleError(number).ToBody() : null
        select Notification.Of(
            Notification.UserManagement,
            new UserManagementBody(Id, Type, error is null ? "SUCCESS" : "FAILURE", error, [.. same]));
}

internal sealed record UserManagementBody(string EventId, string Type, string Result, ErrorBody? Error, IReadOnlyList<UserBody> Users);
