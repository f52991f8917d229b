namespace VppManager.Api.Graph.Errors;

/// <summary>A request that Graph refuses: the answer is its error body.</summary>
internal sealed class GraphFault(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static GraphFault BadRequest(string message) => new(StatusCodes.Status400BadRequest, "BadRequest", message);

    public static GraphFault NotFound() => new(StatusCodes.Status404NotFound, "ResourceNotFound", "Resource not found.");
}
