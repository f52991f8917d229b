using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Access;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Access;

/// <summary>Every route of the running service, found by asking it: one that is added without a guard, or leaks past it, is found here.</summary>
public sealed class RouteGuardTests(TwoTenants service) : IClassFixture<TwoTenants>
{
    /// <summary>For everyone, on purpose.</summary>
    private static readonly string[] Open =
    [
        "/", "/healthz/live", "/healthz/ready", "/metrics", "/v1.0/$metadata", "/v1.0/", "/beta/$metadata", "/beta/",
        "/vpp/exports/{link}", "/apple/notifications/{tenant:guid}/{location:guid}", "/mdm/nanomdm/{tenant:guid}/webhook",
    ];

    /// <summary>Of the directory, of devices and of users themselves: Intune's roles say nothing about them, the permission alone does.</summary>
    private static readonly string[] WithoutRole = ["users", "me", "groups", "devices", "directoryObjects", "directory", "mdm", "portal", "getEffectivePermissions"];

    [Fact]
    public void Routes_AllButThoseForEveryone_DeclareAGuard()
    {
        foreach (var route in Routes())
        {
            if (Open.Contains(route.Pattern)) Assert.True(route.IsOpen, $"{route} is for everyone and does not say so");
            else Assert.True(!route.IsOpen && route.Guards.Count > 0, $"{route} has no guard");

            var needsRole = !route.IsOpen && !WithoutRole.Intersect(route.Pattern.Split('/', '(')).Any();
            if (needsRole) Assert.True(route.Guards.Any(guard => guard.Actions.Count > 0), $"{route} asks for no resource action");
        }
    }

    [Fact]
    [Trait("Rule", "G5")]
    public async Task Call_NoToken_Is401Everywhere()
    {
        using var nobody = service.Client(Guid.CreateVersion7());
        nobody.DefaultRequestHeaders.Authorization = null;
        var (_, theirs) = await service.BothAsync();

        await EveryAsync(Routes().Where(route => !route.IsOpen), nobody, theirs, (route, status, _) =>
            Assert.True(status is HttpStatusCode.Unauthorized, $"{route}: {(int)status}"));
    }

    [Fact]
    [Trait("Rule", "G1")]
    public async Task Call_WithoutThePermission_Is403AndNamesTheLeast()
    {
        var (_, theirs) = await service.BothAsync();
        using var administrators = new Administrators(service, theirs.Organization.Tenant);
        var (user, application) = (administrators.Client(null, permissions: ["Other.Read"]), administrators.Client(null, application: true, permissions: ["Other.Read"]));

        foreach (var client in new[] { user, application })
            await EveryAsync(Routes().Where(route => !route.IsOpen), client, theirs, (route, status, body) =>
            {
                Assert.True(status is HttpStatusCode.Forbidden, $"{route}: {(int)status}");
                Assert.Contains(route.Guards[0].Least, body, StringComparison.Ordinal);
            });
    }

    [Fact]
    [Trait("Rule", "G1")]
    public async Task Call_WithoutTheRole_Is403AndNamesTheAction()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        var other = await administrators.WithAsync(["Microsoft.Intune_AssignmentFilter_Read"]);
        var (_, theirs) = await service.BothAsync();

        await EveryAsync(Routes().Where(route => !route.IsOpen && route.Guards.Any(guard => guard.Actions.Count > 0)), other, theirs, (route, status, body) =>
        {
            Assert.True(status is HttpStatusCode.Forbidden, $"{route}: {(int)status} {body}");
            Assert.Contains(route.Guards.First(guard => guard.Actions.Count > 0).Actions[0], body, StringComparison.Ordinal);
        });
    }

    [Fact]
    [Trait("Rule", "G5")]
    public async Task Call_TokenOfAnotherTenant_NothingOfTheirsComesBackOrChanges()
    {
        var (ours, theirs) = await service.BothAsync();
        using var administrators = new Administrators(service, ours.Organization.Tenant);

        await EveryAsync(Routes().Where(route => !route.IsOpen), administrators.Client(null), theirs, (route, status, body) =>
        {
            Assert.True((int)status < 500, $"{route}: {(int)status} {body}");
            Assert.DoesNotContain(theirs.Ids.Where(id => !route.Address(theirs).Contains(id, StringComparison.OrdinalIgnoreCase)), id => body.Contains(id, StringComparison.OrdinalIgnoreCase));
            if (!route.IsGet && route.Address(theirs) != route.Pattern) Assert.True((int)status >= 400, $"{route}: {(int)status}");
        });
        Assert.Equal(1, await service.ScalarAsync<long>("select count(*) from tokens where tenant_id = $1", theirs.Organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "G2")]
    public async Task Call_OutsideTheScopeTag_NothingOfTheTokenAndItsAppsComesBackOrChanges()
    {
        var (_, theirs) = await service.BothAsync();
        using var administrators = new Administrators(service, theirs.Organization.Tenant);
        var (north, south) = (await administrators.TagAsync("North"), await administrators.TagAsync("South"));
        await Administrators.SendAsync(administrators.Global, HttpMethod.Patch, $"/beta/deviceAppManagement/vppTokens/{theirs.Token}", new { roleScopeTagIds = new[] { north } });
        var actions = Routes().SelectMany(route => route.Guards).SelectMany(guard => guard.Actions).Distinct().ToArray();
        var outsider = await administrators.WithAsync(actions, south);
        string[] hidden = [theirs.Token.ToString(), theirs.App.ToString(), theirs.License.ToString(), "Shared App"];
        var before = await StateAsync(theirs);

        // Users, groups and devices carry no tags: changing those is not what is asked here.
        var concerned = Routes().Where(route => !route.IsOpen && (route.IsGet || route.Guards.Any(guard => guard.Actions.Count > 0)))
            .Where(route => route.IsGet || route.Reads || hidden.Any(id => route.Address(theirs).Contains(id, StringComparison.Ordinal)));
        await EveryAsync(concerned, outsider, theirs, (route, status, body) =>
        {
            Assert.True((int)status < 500, $"{route}: {(int)status} {body}");
            var leak = hidden.Where(text => !route.Address(theirs).Contains(text, StringComparison.Ordinal)).FirstOrDefault(text => body.Contains(text, StringComparison.OrdinalIgnoreCase));
            Assert.True(leak is null, $"{route} gives away {leak}: {body}");
            if (hidden.Any(id => route.Address(theirs).Contains(id, StringComparison.Ordinal))) Assert.True((int)status >= 400, $"{route}: {(int)status} {body}");
        });
        Assert.Equal(before, await StateAsync(theirs));
    }

    private Task<string> StateAsync(TenantOfShape tenant) => service.ScalarAsync<string>("""
        select jsonb_build_array(
            (select jsonb_agg(to_jsonb(t) order by id) from tokens t where tenant_id = $1), (select jsonb_agg(to_jsonb(t) order by id) from apps t where tenant_id = $1),
            (select jsonb_agg(to_jsonb(t) order by id) from assignments t where tenant_id = $1), (select jsonb_agg(to_jsonb(t) order by id) from licenses t where tenant_id = $1))::text
        """, tenant.Organization.Tenant);

    private List<Route> Routes() =>
        [.. service.Hosts[0].Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(Route.Of)];

    private static async Task EveryAsync(IEnumerable<Route> routes, HttpClient client, TenantOfShape tenant, Action<Route, HttpStatusCode, string> check)
    {
        foreach (var route in routes)
        {
            var (status, body) = await Administrators.TryAsync(client, new HttpMethod(route.Method), route.Address(tenant), route.IsGet ? null : new { });
            check(route, status, body);
        }
    }

    private sealed record Route(string Method, string Pattern, bool IsOpen, bool Reads, IReadOnlyList<Guard> Guards)
    {
        public bool IsGet => Method == HttpMethods.Get;

        public static IEnumerable<Route> Of(RouteEndpoint endpoint) =>
            (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [HttpMethods.Get]).Select(method => new Route(
                method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
                endpoint.Metadata.GetMetadata<OnlyReadsMetadata>() is not null, endpoint.Metadata.GetOrderedMetadata<Guard>()));

        /// <summary>With the ids of a tenant where the address asks for one.</summary>
        public string Address(TenantOfShape tenant)
        {
            var segments = Pattern.Split('/');
            for (var i = 0; i < segments.Length; i++)
            {
                if (!segments[i].Contains('{', StringComparison.Ordinal)) continue;

                var value = (i > 0 && segments[i][0] == '{' ? segments[i - 1] : "") switch
                {
                    "vppTokens" or "tokens" => tenant.Token,
                    "mobileApps" or "apps" or "managedEBooks" => tenant.App,
                    "groups" => tenant.Group,
                    "users" => tenant.User,
                    "managedDevices" or "devices" => tenant.Device,
                    "licenses" or "assignedLicenses" => tenant.License,
                    _ => Guid.Empty,
                };
                var (from, to) = (segments[i].IndexOf('{', StringComparison.Ordinal), segments[i].LastIndexOf('}'));
                segments[i] = segments[i][..from] + value + segments[i][(to + 1)..];
            }

            return string.Join('/', segments);
        }

        public override string ToString() => $"{Method} {Pattern}";
    }
}
