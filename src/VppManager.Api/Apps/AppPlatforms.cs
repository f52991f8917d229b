namespace VppManager.Api.Apps;

/// <summary>What runs where, said in SQL (L14).</summary>
internal static class AppPlatforms
{
    /// <summary>
    /// Whether the device <c>d</c> can run the app. What is for iPhones runs on iPads as well, but what is for iPads alone does not run on iPhones.
    /// </summary>
    /// <param name="kind">The kind of the app.</param>
    /// <param name="ipadOnly">Whether it is for iPads alone.</param>
    public static string Runs(string kind, string ipadOnly) => $"""
        ({kind} = 'book' or ({kind} = 'macOs' and d.operating_system = 'macOS') or ({kind} = 'ios' and (d.operating_system = 'iPadOS'
            or (d.operating_system = 'iOS' and not ({ipadOnly} and coalesce(d.model, '') not ilike 'ipad%')))))
        """;
}
