using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Directory;

public sealed class DirectoryEndpointsTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private readonly Guid tenant = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "L24")]
    public async Task PostDevices_EnrolledTwice_Answers201Then200WithTheSameId()
    {
        using var client = service.Client(tenant);

        using var first = await client.PostAsJsonAsync("/vpp/devices", new { serialNumber = "C02A", deviceName = "One" }, Ct);
        using var again = await client.PostAsJsonAsync("/vpp/devices", new { serialNumber = "C02A" }, Ct);
        var device = await BodyAsync(first);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, again.StatusCode));
        Assert.Equal((string?)device["id"], (string?)(await BodyAsync(again))["id"]);
        Assert.Equal("One", (string?)(await client.GetFromJsonAsync<JsonNode>(first.Headers.Location, Ct))?["deviceName"]);
    }

    [Fact]
    public async Task PatchDevice_AbsentAndNull_KeepsAndClears()
    {
        using var client = service.Client(tenant);
        using var enrolled = await client.PostAsJsonAsync("/vpp/devices", new { serialNumber = "C02A", deviceName = "One", model = "iPad" }, Ct);

        using var patched = await client.PatchAsJsonAsync(enrolled.Headers.Location, new { model = (string?)null }, Ct);
        var device = await BodyAsync(patched);

        Assert.Equal(("One", null), ((string?)device["deviceName"], (string?)device["model"]));
    }

    [Fact]
    [Trait("Rule", "G5")]
    public async Task GetDevice_OfAnotherTenant_AnswersProblem404()
    {
        using var client = service.Client(tenant);
        using var enrolled = await client.PostAsJsonAsync("/vpp/devices", new { serialNumber = "C02A" }, Ct);
        using var stranger = service.Client(Guid.CreateVersion7());

        using var answer = await stranger.GetAsync(enrolled.Headers.Location, Ct);

        Assert.Equal((HttpStatusCode.NotFound, "notFound"), (answer.StatusCode, (string?)(await BodyAsync(answer))["code"]));
    }

    [Fact]
    public async Task Import_BiggerThanOtherBodies_IsTaken()
    {
        using var client = service.Client(tenant);
        var users = Enumerable.Range(0, 20_000).Select(n => new { userPrincipalName = $"user{n}@example.com", displayName = new string('x', 200) });

        using var answer = await client.PostAsJsonAsync("/vpp/directory/import", new { users }, Ct);

        Assert.Equal(20_000, (int?)(await BodyAsync(answer))["users"]?["added"]);
    }

    [Fact]
    public async Task Import_WithoutThePermissionForGroups_IsForbidden()
    {
        using var client = service.Client(tenant, permissions: ["User.ReadWrite.All", "DeviceManagementManagedDevices.ReadWrite.All"]);

        using var answer = await client.PostAsJsonAsync("/vpp/directory/import", new { users = Array.Empty<object>() }, Ct);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Import_WrongRow_AnswersProblem400ThatNamesIt()
    {
        using var client = service.Client(tenant);

        using var answer = await client.PostAsJsonAsync("/vpp/directory/import", new { devices = new[] { new { serialNumber = "" } } }, Ct);
        var problem = await BodyAsync(answer);

        Assert.Equal((HttpStatusCode.BadRequest, "invalidValue"), (answer.StatusCode, (string?)problem["code"]));
        Assert.Contains("devices[0].serialNumber", (string?)problem["detail"], StringComparison.Ordinal);
    }

    private static async Task<JsonNode> BodyAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonNode>(Ct))!;
}
