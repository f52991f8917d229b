using System.Security.Cryptography;
using System.Text;
using VppManager.FakeApple.Sync;

namespace VppManager.FakeApple.Directory;

/// <summary>The users of a location. Every member is called with the location's gate held.</summary>
internal sealed class UserBook(int tag, FakeClock clock)
{
    private readonly List<UserRecord> _rows = [];
    private readonly Dictionary<string, UserRecord> _latest = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UserRecord> _byManagedAccount = new(StringComparer.OrdinalIgnoreCase);

    private readonly List<string> _codes = [];

    public IReadOnlyList<string> CodesEver => _codes;

    public VersionLine Versions { get; } = new((tag * 4) + 2, clock);

    public IReadOnlyList<UserRecord> Rows => _rows;

    public HashSet<string> ManagedAccounts { get; } = new(StringComparer.OrdinalIgnoreCase);

    public UserRecord? Latest(string clientUserId) => _latest.GetValueOrDefault(clientUserId);

    public UserRecord? Active(string clientUserId) => Latest(clientUserId) is { IsActive: true } user ? user : null;

    public UserRecord? OfManagedAccount(string account) =>
        _byManagedAccount.TryGetValue(account, out var user) && user.IsActive ? user : null;

    public UserRecord? Invited(string inviteCode) => _rows.Find(user => user.InviteCode == inviteCode);

    /// <summary>A retired user that never had an Apple Account flips back; any other becomes a row of its own.</summary>
    public UserRecord Register(string clientUserId)
    {
        if (Latest(clientUserId) is not { IsActive: false, IdHash: null } user)
        {
            user = new UserRecord(clientUserId);
            _rows.Add(user);
            _latest[clientUserId] = user;
        }

        user.Status = UserRecord.Registered;
        user.InviteCode = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _codes.Add(user.InviteCode);

        return user;
    }

    public void AssociateManaged(UserRecord user, string account)
    {
        if (user.Account is { } former) _byManagedAccount.Remove(former);
        Associate(user, account);
        user.InviteCode = null;
        _byManagedAccount[account] = user;
    }

    public static void Associate(UserRecord user, string account)
    {
        user.Account = account;
        user.IdHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(account.ToLowerInvariant())).AsSpan(0, 20));
        user.Status = UserRecord.Associated;
    }

    public void Touch(UserRecord user) => user.Version = Versions.Bump();
}
