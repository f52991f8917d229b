using VppManager.Core;

namespace VppManager.Api.Graph.Errors;

/// <summary>A request that Graph refuses: the answer is its error body.</summary>
internal sealed class GraphFault(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Whether it is Intune's own service that refuses, not the gateway in front of it: its message is wrapped.</summary>
    public bool IsOfService { get; private init; }

    public static GraphFault BadRequest(string message) => new(StatusCodes.Status400BadRequest, "BadRequest", message);

    public static GraphFault NotFound() => new(StatusCodes.Status404NotFound, "ResourceNotFound", "Resource not found.");

    public static GraphFault NotFound(string what, string id) =>
        new(StatusCodes.Status404NotFound, "ResourceNotFound", $"The {what} '{id}' does not exist.");

    public static GraphFault OfService(VppError error) =>
        new(StatusCodes.Status400BadRequest, "BadRequest", error.Message) { IsOfService = true };
}
