using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>What may stand between an app's key and what is in the app: nothing, or the type of the app.</summary>
internal static class AppCasts
{
    private static readonly string Ios = "/" + GraphName.Full(typeof(IosVppApp));
    private static readonly string MacOs = "/" + GraphName.Full(typeof(MacOsVppApp));

    public static IEnumerable<string> Of(GraphModel model) => model.IsBeta ? ["", Ios, MacOs] : ["", Ios];

    /// <summary>Null where nothing is said of the type.</summary>
    public static Type? TypeOf(string cast) => cast.Length == 0 ? null : cast == MacOs ? typeof(MacOsVppApp) : typeof(IosVppApp);
}
