namespace VppManager.Apple.Tokens;

/// <summary>
/// Apple's service, described by itself: limits, addresses, errors. It answers for dead tokens too, so it proves nothing about a token.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/serviceconfigresponse"/>.
/// </summary>
public sealed record ServiceConfig
{
    /// <summary>Error numbers and Apple's words for them.</summary>
    public IReadOnlyList<AppleError> ErrorCodes { get => field ?? []; init; }

    /// <summary>How much fits into one request, and how many requests into a second.</summary>
    public ServiceLimits Limits { get => field ?? new(); init; }

    /// <summary>What Apple can send notifications of.</summary>
    public IReadOnlyList<string> NotificationTypes { get => field ?? []; init; }

    /// <summary>Addresses by Apple's names, such as <c>contentMetadataLookup</c>.</summary>
    public IReadOnlyDictionary<string, string> Urls { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>The address that invites a user, by the template in <c>invitationEmail</c>.</summary>
    /// <param name="inviteCode">The user's code.</param>
    /// <returns>The address, or nothing if Apple gave no template.</returns>
    public string? InvitationLink(string inviteCode) =>
        Urls.TryGetValue("invitationEmail", out var template)
            ? template.Replace("%25inviteCode%25", Uri.EscapeDataString(inviteCode), StringComparison.Ordinal)
            : null;
}
