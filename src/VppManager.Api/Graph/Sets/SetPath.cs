using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Sets;

/// <summary>Where a set is: deviceAppManagement/mobileApps('{parent}')/assignments.</summary>
internal sealed class SetPath(string template)
{
    public const string ParentKey = "parent";

    private const string Hole = "'{parent}'";

    public static string? Parent(HttpContext http) => http.Request.RouteValues[ParentKey] as string;

    /// <summary>The context of the collection: https://host/v1.0/$metadata#deviceAppManagement/vppTokens.</summary>
    public string Context(HttpContext http, GraphModel model) => Root(http, model) + "/$metadata#" + Filled(http);

    /// <summary>The address of the collection, in the form that the context has.</summary>
    public string Address(HttpContext http, GraphModel model) => Root(http, model) + "/" + Filled(http);

    private static string Root(HttpContext http, GraphModel model) =>
        http.Request.Scheme + "://" + http.Request.Host + http.Request.PathBase + "/" + model.Version;

    private string Filled(HttpContext http) =>
        Parent(http) is { } parent ? template.Replace(Hole, "'" + Uri.EscapeDataString(parent) + "'", StringComparison.Ordinal) : template;
}
