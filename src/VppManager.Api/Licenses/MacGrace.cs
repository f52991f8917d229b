namespace VppManager.Api.Licenses;

/// <summary>What Apple does with an app whose licence is taken back (L21).</summary>
internal static class MacGrace
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    /// <summary>On a Mac the app can be used for 30 days, without updates; elsewhere it stays until it is uninstalled.</summary>
    public static DateTimeOffset? UsableUntil(string kind, DateTimeOffset? revokedAt) => kind == "macOs" ? revokedAt + Grace : null;
}
