using VppManager.Api.Graph.Errors;
using VppManager.Core;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>What Graph says when a rule of the product says no.</summary>
internal static class Refusals
{
    public static T OrFault<T>(this Outcome<T> outcome) => outcome.IsOk ? outcome.Value : throw FaultOf(outcome.Error);

    public static GraphFault FaultOf(VppError error) => error.Kind switch
    {
        VppErrorKind.NotFound => new GraphFault(StatusCodes.Status404NotFound, "ResourceNotFound", error.Message),
        VppErrorKind.Conflict => new GraphFault(StatusCodes.Status409Conflict, "Conflict", error.Message),
        _ => GraphFault.BadRequest(error.Message),
    };

    /// <summary>A key that is no guid names nothing.</summary>
    public static Guid Key(string text) => Guid.TryParse(text, out var id) ? id : throw GraphFault.NotFound();
}
