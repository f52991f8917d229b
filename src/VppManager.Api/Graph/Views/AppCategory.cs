namespace VppManager.Api.Graph.Views;

internal sealed class AppCategory
{
    public string AppId { get; init; } = "";

    public string CategoryId { get; init; } = "";
}
