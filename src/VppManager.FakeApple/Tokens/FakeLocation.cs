using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Directory;
using VppManager.FakeApple.Licenses;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Tokens;

/// <summary>One location (organisational unit): its tokens, assets, assignments, users and webhook.</summary>
public sealed partial class FakeLocation
{
    private readonly List<FakeToken> _tokens = [];

    internal FakeLocation(FakeAppleServer server, string uid, int tag)
    {
        Server = server;
        Uid = uid;
        Ledger = new AssignmentLedger(tag, server.Clock);
        Users = new UserBook(tag, server.Clock);
        Events = new EventQueue(this);
        Webhook = new Webhook(this);
    }

    public string Uid { get; }

    public string Name { get; set; } = "";

    public string Country { get; set; } = "US";

    /// <summary><c>enterprisestore</c> or <c>volumestore</c> (education).</summary>
    public string DefaultPlatform { get; set; } = "enterprisestore";

    public string WebsiteUrl => DefaultPlatform == "volumestore" ? "https://school.apple.com" : "https://business.apple.com";

    /// <summary>Owned by Apple's built-in management: reads pass, writes answer 9645.</summary>
    public bool ManagedByApple { get; set; }

    /// <summary>Most requests received within any one second.</summary>
    public int MostRequestsPerSecond => Window.Highest;

    /// <summary>The claim that is shown on every answer.</summary>
    public (string Id, string Name, string Metadata)? MdmInfo
    {
        get { lock (Gate) return Config.MdmInfo is { } info ? (info.Id!, info.Name!, info.Metadata!) : null; }
    }

    /// <summary>The secret that is sent with its notifications.</summary>
    public string? NotificationAuthToken
    {
        get { lock (Gate) return Config.NotificationAuthToken; }
    }

    /// <summary>Every invite code it ever gave out, and every notification secret it was ever told, those of today and those that hold no more.</summary>
    public IReadOnlyList<string> SecretsEver
    {
        get { lock (Gate) return [.. Users.CodesEver, .. Config.SecretsEver]; }
    }

    /// <summary>What happens to the notifications of this location.</summary>
    public WebhookControl Notifications => Webhook.Control;

    public IReadOnlyList<FakeToken> Tokens
    {
        get { lock (Gate) return [.. _tokens]; }
    }

    internal FakeAppleServer Server { get; }

    internal Lock Gate { get; } = new();

    internal AssignmentLedger Ledger { get; }

    internal UserBook Users { get; }

    internal EventQueue Events { get; }

    internal Webhook Webhook { get; }

    internal ClientConfig Config { get; } = new();

    internal RequestWindow Window { get; } = new();

    /// <summary>Downloads a token.</summary>
    /// <param name="expires">A year from now when left out.</param>
    /// <param name="orgName">Organisation in the file; the location's name when left out.</param>
    /// <param name="account">The account that downloads it; <see cref="ChangePassword"/> kills its tokens.</param>
    /// <param name="revokeOlder">Whether the location's earlier tokens die, as seen at Apple for one account.</param>
    public FakeToken IssueToken(
        DateTimeOffset? expires = null, string? orgName = null, string account = "content.manager@example.org", bool revokeOlder = false)
    {
        var token = new FakeToken(this, orgName ?? Name, expires ?? Server.Clock.GetUtcNow().AddYears(1), account);
        lock (Gate)
        {
            if (revokeOlder) _tokens.ForEach(older => older.Revoke());
            _tokens.Add(token);
        }

        Server.Tokens.Add(token);

        return token;
    }

    /// <summary>Revokes every token downloaded by that account.</summary>
    public void ChangePassword(string account)
    {
        foreach (var token in Tokens.Where(token => token.Account == account)) token.Revoke();
    }

    /// <summary>Another device management takes the location over.</summary>
    public void TakeOver(string id, string name, string metadata = "")
    {
        lock (Gate) Config.MdmInfo = new MdmInfo(id, name, metadata);
    }

    /// <summary>Another device management wants to be told of these things alone.</summary>
    public void Subscribe(params IReadOnlyList<string> notificationTypes)
    {
        lock (Gate) Config.NotificationTypes = notificationTypes;
    }

    /// <summary>Starts the count behind <see cref="MostRequestsPerSecond"/> anew.</summary>
    public void ForgetRequests() => Window.Forget();

    /// <summary>Makes every version id given out so far too old for <c>sinceVersionId</c>.</summary>
    public void ForgetVersions()
    {
        lock (Gate)
        {
            Ledger.Versions.Oldest = Ledger.Versions.Bump();
            Users.Versions.Oldest = Users.Versions.Bump();
        }
    }

    /// <summary>The next events stay PENDING until <see cref="ReleaseEvents"/>.</summary>
    public void HoldEvents(int count) => Events.HoldNext(count);

    /// <summary>Lets held events run; says how many there were.</summary>
    public int ReleaseEvents() => Events.ReleaseHeld();

    /// <summary>The next events fail as a whole with this error, such as 9603 or 9644.</summary>
    public void FailEvents(int count, int errorNumber) => Events.FailNext(count, errorNumber);
}
