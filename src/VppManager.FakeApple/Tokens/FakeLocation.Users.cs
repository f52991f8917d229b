using VppManager.FakeApple.Directory;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Tokens;

public sealed partial class FakeLocation
{
    /// <summary>A copy of all user rows, retired ones included.</summary>
    public IReadOnlyList<FakeUser> AllUsers
    {
        get
        {
            lock (Gate)
                return [.. Users.Rows.Select(user => new FakeUser(user.ClientUserId, user.Email, user.Account, user.IdHash, user.InviteCode, user.Status))];
        }
    }

    /// <summary>Makes managed Apple Accounts known to the organisation.</summary>
    public void AddManagedAccounts(params IEnumerable<string> accounts)
    {
        lock (Gate) Users.ManagedAccounts.UnionWith(accounts);
    }

    /// <summary>Registers users from outside.</summary>
    public void AddUsers(params IEnumerable<string> clientUserIds)
    {
        lock (Gate)
            foreach (var id in clientUserIds.Where(id => Users.Active(id) is null)) Users.Touch(Users.Register(id));
    }

    /// <summary>Retires users from outside, as another device management would: what can be taken back comes free.</summary>
    public void RetireUsers(params IEnumerable<string> clientUserIds)
    {
        lock (Gate)
            foreach (var user in clientUserIds.Select(Users.Active).OfType<UserRecord>()) Resign(user);
    }

    /// <summary>Someone accepts an invitation with an Apple Account of their own.</summary>
    /// <param name="user">Client user id or invite code.</param>
    /// <param name="appleAccount">The account they sign in with; the same account gives the same <c>idHash</c>.</param>
    /// <exception cref="KeyNotFoundException">Nobody was invited so.</exception>
    public void AcceptInvitation(string user, string appleAccount)
    {
        UserBody body;
        lock (Gate)
        {
            var record = Users.Active(user) ?? Users.Invited(user) ?? throw new KeyNotFoundException($"{user} is not invited.");
            UserBook.Associate(record, appleAccount);
            Users.Touch(record);
            body = record.ToBody();
        }

        _ = Webhook.PostAsync([Notification.Of(Notification.UserAssociated, new UserAssociatedBody([body]))]);
    }

    /// <summary>Books stay with who retires; everything else comes free. Called with the gate held.</summary>
    internal void Resign(UserRecord user)
    {
        user.Status = UserRecord.Retired;
        user.InviteCode = null;
        Users.Touch(user);
        if (Ledger.Targets.KnownUser(user.ClientUserId) is not { } target) return;

        foreach (var asset in Ledger.Assets.Where(asset => asset.Revocable)) Ledger.Unassign(asset, [target]);
    }
}

internal sealed record UserAssociatedBody(IReadOnlyList<UserBody> AssociatedUsers);
