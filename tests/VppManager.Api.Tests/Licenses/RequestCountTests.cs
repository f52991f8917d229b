using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses;

public sealed class RequestCountTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task Import_10000DevicesFor20AppsOfOneScope_AppleGets10AssociateRequests()
    {
        const int Devices = 10_000, Apps = 20;
        var organization = service.Organization();
        for (var n = 0; n < Apps; n++) organization.Location.AddAsset($"{3_000_000 + n}", Devices);
        await organization.UploadTokenAsync();
        var group = await organization.GroupAsync();
        for (var n = 0; n < Apps; n++) await organization.AssignAsync(await organization.AppAsync($"{3_000_000 + n}"), group);

        await organization.ImportDevicesAsync(group, Enumerable.Range(0, Devices).Select(n => $"RC{n:D6}"));
        for (var n = 0; n < Apps; n++)
        {
            var app = await organization.AppAsync($"{3_000_000 + n}");
            await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: Devices }, TimeSpan.FromMinutes(3));
        }

        Assert.Equal(10, service.Apple.Journal.To("/assets/associate").Count);
        Assert.Equal(Devices * Apps, organization.Location.Assignments.Count);
        Assert.True(organization.Location.MostRequestsPerSecond <= service.Apple.Settings.Limits.MaxRequestPerSecond);
    }
}
