using Microsoft.Graph;
using Microsoft.Graph.DeviceAppManagement.MobileApps.Item.Assign;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using VppManager.Api.Tests.Infrastructure;
using Administrator = VppManager.Api.Tests.Infrastructure.Organization;

namespace VppManager.GraphClient.Tests;

/// <summary>Refusals arrive as the client's own exception, with status, code, message and the ids to ask about.</summary>
[Collection(ClientCollection.Name)]
public sealed class RefusalTests(ServiceFixture service)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "T3")]
    public async Task CreateToken_Garbage_ODataErrorSaysWhy() => await RefusedAsync(
        (graph, _) => graph.DeviceAppManagement.VppTokens.PostAsync(new VppToken { Token = "no base64!" }, cancellationToken: Ct),
        400, "BadRequest", "it is not Base64");

    [Fact]
    [Trait("Rule", "T2")]
    public async Task CreateToken_ConsentWithheldAsAdditionalData_ODataErrorSaysWhy() => await RefusedAsync(
        (graph, administrator) => graph.DeviceAppManagement.VppTokens.PostAsync(new VppToken
        {
            Token = administrator.Location.IssueToken().VpptokenFile,
            AdditionalData = new Dictionary<string, object> { ["dataSharingConsentGranted"] = false },
        }, cancellationToken: Ct),
        400, "BadRequest", "dataSharingConsentGranted");

    [Fact]
    public async Task GetToken_Unknown_NotFound() => await RefusedAsync(
        (graph, _) => graph.DeviceAppManagement.VppTokens[Guid.NewGuid().ToString()].GetAsync(cancellationToken: Ct),
        404, "ResourceNotFound", "");

    [Fact]
    public async Task Assign_UnknownApp_NotFound() => await RefusedAsync(
        (graph, _) => graph.DeviceAppManagement.MobileApps[Guid.NewGuid().ToString()].Assign.PostAsync(
            new AssignPostRequestBody { MobileAppAssignments = [] }, cancellationToken: Ct),
        404, "ResourceNotFound", "app");

    [Fact]
    [Trait("Rule", "G3")]
    public async Task DeleteApp_Synced_ODataErrorSaysWhy() => await RefusedAsync(
        async (graph, administrator) =>
        {
            administrator.Location.AddAsset("2300001", 1);
            await administrator.UploadTokenAsync();
            var app = await administrator.AppAsync("2300001");
            await graph.DeviceAppManagement.MobileApps[app.ToString()].DeleteAsync(cancellationToken: Ct);
        },
        400, "BadRequest", "cannot be deleted");

    [Fact]
    public async Task Caller_BeyondTheLimit_ClientWaitsAsToldAndIsServed()
    {
        var administrator = service.Organization();
        await using var limited = service.AddHost(new Dictionary<string, string> { ["CallerLimits:Requests"] = "2", ["CallerLimits:Window"] = "00:00:03" });
        using var wire = new StatusKeeper();
        var graph = Sdk.Client(service, administrator.Tenant, host: limited, wire: wire);

        for (var n = 0; n < 3; n++) Assert.NotNull(await graph.Groups.GetAsync(cancellationToken: Ct));

        // The wait may end just before the window does: then the client is told once more.
        Assert.Equal([200, 200, 429], wire.Statuses[..3]);
        Assert.All(wire.Statuses[3..^1], status => Assert.Equal(429, status));
        Assert.Equal(200, wire.Statuses[^1]);
    }

    [Fact]
    public async Task ListTokens_FilterOnAnUnknownProperty_ODataErrorNamesIt() => await RefusedAsync(
        (graph, _) => graph.DeviceAppManagement.VppTokens.GetAsync(request => request.QueryParameters.Filter = "colour eq 'red'", Ct),
        400, "BadRequest", "colour");

    [Fact]
    [Trait("Rule", "G1")]
    public async Task ListApps_WithoutThePermission_Forbidden()
    {
        var graph = Sdk.Client(service, Guid.CreateVersion7(), ["User.Read.All"]);

        var error = await Assert.ThrowsAsync<ODataError>(() => graph.DeviceAppManagement.MobileApps.GetAsync(cancellationToken: Ct));

        Assert.Equal(403, error.ResponseStatusCode);
        Assert.False(string.IsNullOrEmpty(error.Error?.Code));
    }

    private async Task RefusedAsync(Func<GraphServiceClient, Administrator, Task> act, int status, string code, string message)
    {
        var administrator = service.Organization();
        var graph = Sdk.Client(service, administrator.Tenant);

        var error = await Assert.ThrowsAsync<ODataError>(() => act(graph, administrator));

        Assert.Equal((status, code), (error.ResponseStatusCode, error.Error?.Code));
        Assert.Contains(message, error.Error?.Message, StringComparison.OrdinalIgnoreCase);
        Assert.True(Guid.TryParse(error.Error?.InnerError?.RequestId, out _));
        Assert.True(Guid.TryParse(error.Error?.InnerError?.ClientRequestId, out _));
        Assert.NotNull(error.Error?.InnerError?.Date);
    }
}

/// <summary>Keeps the statuses that the client got, those it did not show included.</summary>
internal sealed class StatusKeeper : DelegatingHandler
{
    public List<int> Statuses { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        Statuses.Add((int)answer.StatusCode);
        return answer;
    }
}
