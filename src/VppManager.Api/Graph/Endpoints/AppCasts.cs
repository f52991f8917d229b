using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>What may stand between an app's key and what is in the app: nothing, or the type of the app.</summary>
internal static class AppCasts
{
    public static IEnumerable<string> Of(GraphModel model)
    {
        yield return "";
        yield return "/" + GraphName.Full(typeof(IosVppApp));

        if (model.IsBeta)
        {
            yield return "/" + GraphName.Full(typeof(MacOsVppApp));
        }
    }
}
