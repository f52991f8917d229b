using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Paths;

/// <summary>Brings the many forms of a Graph address into the one that is routed.</summary>
internal sealed class PathForms(RequestDelegate next)
{
    /// <summary>How the .NET SDK spells the caller: what is below /me is below this user.</summary>
    public const string Me = "me-token-to-replace";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.Value is { } path && Canonical(path) is { } canonical)
        {
            http.Request.Path = canonical;
        }

        return next(http);
    }

    /// <summary>Null when the address is not Graph's.</summary>
    public static string? Canonical(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var model = segments is [var first, ..]
            ? GraphModel.Versions.FirstOrDefault(version => version.Version.Equals(first, StringComparison.OrdinalIgnoreCase))
            : null;

        return model is null ? null : "/" + string.Join('/', WithoutMe([.. segments.Skip(1)
            .SelectMany(PathSegment.Split)
            .Select(segment => PathSegment.Name(segment, model))])
            .Prepend(model.Version));
    }

    private static string[] WithoutMe(string[] segments) => segments switch
    {
        [var users, var me] when Is(users, "users") && Is(me, Me) => ["me"],
        [var me, _, ..] when Is(me, "me") => ["users", Me, .. segments[1..]],
        _ => segments,
    };

    private static bool Is(string segment, string name) => segment.Equals(name, StringComparison.OrdinalIgnoreCase);
}
