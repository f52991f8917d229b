using System.Text;
using System.Text.Json;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Tokens;

public enum TokenState
{
    Valid,

    /// <summary>Refused as past its date, whatever the clock says (9621).</summary>
    Expired,

    /// <summary>Withdrawn by a newer download, an administrator or a changed password (9625).</summary>
    Revoked,

    /// <summary>Not a token at all to Apple (9622).</summary>
    Invalid,

    /// <summary>Reads only; writes answer 9637.</summary>
    ReadOnly,

    /// <summary>A purchaser's token from before locations (9647).</summary>
    Legacy,
}

/// <summary>One downloaded content token of a location.</summary>
public sealed class FakeToken
{
    private volatile TokenState _state;

    internal FakeToken(FakeLocation location, string orgName, DateTimeOffset expires, string account)
    {
        Location = location;
        OrgName = orgName;
        Expires = expires;
        Account = account;
        Secret = Convert.ToBase64String(Encoding.ASCII.GetBytes($"secret-{Guid.NewGuid():N}"));
        VpptokenFile = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, string> { ["token"] = Secret, ["expDate"] = Wire.Date(expires), ["orgName"] = orgName }, Wire.Json));
    }

    public Guid Id { get; } = Guid.CreateVersion7();

    public FakeLocation Location { get; }

    public string OrgName { get; }

    public DateTimeOffset Expires { get; }

    /// <summary>The account that downloaded the token.</summary>
    public string Account { get; }

    /// <summary>The inner token. Sent alone it is not accepted.</summary>
    public string Secret { get; }

    /// <summary>Content of the <c>.vpptoken</c> file, which is also what a client sends as its bearer.</summary>
    public string VpptokenFile { get; }

    public TokenState State => _state;

    public void Expire() => _state = TokenState.Expired;

    public void Revoke() => _state = TokenState.Revoked;

    public void MakeInvalid() => _state = TokenState.Invalid;

    public void MakeReadOnly() => _state = TokenState.ReadOnly;

    public void MakeLegacy() => _state = TokenState.Legacy;

    public void MakeValid() => _state = TokenState.Valid;

    public void Become(TokenState state) => _state = state;
}
