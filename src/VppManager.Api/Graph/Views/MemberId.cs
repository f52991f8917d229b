namespace VppManager.Api.Graph.Views;

/// <summary>A row of the functions that follow groups in groups.</summary>
internal sealed class MemberId
{
    public string Id { get; init; } = "";
}
