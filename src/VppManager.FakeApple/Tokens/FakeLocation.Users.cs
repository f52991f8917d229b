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
}

internal sealed record UserAssociatedBody(IReadOnlyList<UserBody> AssociatedUsers);
