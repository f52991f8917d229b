using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData.Edm;
using VppManager.Api.Access;
using VppManager.Api.Graph.Endpoints;
using VppManager.Api.Graph.Model;
using VppManager.Api.Hosting.Swagger;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tokens;

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

    /// <summary>What changes devices: they carry no tags, whoever may do it may do it with all of them.</summary>
    private static readonly string[] ChangesDevices = [ResourceActions.RetireDevice, ResourceActions.WipeDevice, ResourceActions.DeleteDevices, ResourceActions.UpdateDevices];

    [Fact]
    public void Routes_AllButThoseForEveryone_DeclareAGuard()
    {
        foreach (var route in Routes())
        {
            if (Open.Contains(route.Pattern)) Assert.True(route.IsOpen, $"{route} is for everyone and does not say so");
            else Assert.True(!route.IsOpen && route.Guards.Count > 0, $"{route} has no guard");
            foreach (var guard in route.Guards)
                Assert.True(guard.Actions.Count > 0 != guard.WhyNoRole is { Length: > 10 }, $"{route} asks for no resource action and does not say why");
        }
    }

    [Fact]
    [Trait("Rule", "G1")]
    public async Task Routes_ActionsThatTheyAskFor_AreAmongThoseThatARoleCanAllow()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        var operations = (await Administrators.SendAsync(administrators.Global, HttpMethod.Get, "/beta/deviceManagement/resourceOperations?$top=999"))["value"]!.AsArray();
        var ids = operations.Select(one => one!["id"]!.GetValue<string>()).ToList();

        Assert.Empty(Routes().SelectMany(route => route.Guards).SelectMany(guard => guard.Actions).Distinct().Except(ids));
        Assert.All(operations, one => Assert.Equal(one!["id"]!.GetValue<string>(), $"{one["resource"]!.GetValue<string>()}_{one["actionName"]!.GetValue<string>()}"));
        var effective = await Administrators.SendAsync(administrators.Global, HttpMethod.Get, "/beta/deviceManagement/getEffectivePermissions(scope='0')");
        Assert.Equal(ids.Order(StringComparer.Ordinal), effective["value"]![0]!["resourceActions"]![0]!["allowedResourceActions"]!.AsArray().Select(one => one!.GetValue<string>()));
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
        var (faults, missed) = (new List<string>(), 0);

        await EveryAsync(Routes().Where(route => !route.IsOpen), ours.Organization.Client, theirs, (route, status, body) =>
        {
            var address = route.Address(theirs);
            var named = theirs.Ids.Where(id => address.Contains(id, StringComparison.OrdinalIgnoreCase)).ToHashSet();
            if ((int)status >= 500) faults.Add($"{route}: {(int)status} {body}");
            if (theirs.Ids.Any(id => !named.Contains(id) && body.Contains(id, StringComparison.OrdinalIgnoreCase))) faults.Add($"{route} gives away: {body}");
            if (!route.IsGet && address != route.Pattern && (int)status < 400) faults.Add($"{route} is there: {(int)status}");
            if (!route.IsGet || named.Count == 0) return;

            missed++;
            if (status is not HttpStatusCode.NotFound) faults.Add($"{route} is not missing: {(int)status} {body}");
        });
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(missed > 50, $"{missed} addresses with an id of theirs");
        Assert.Equal(1, await service.ScalarAsync<long>("select count(*) from tokens where tenant_id = $1", theirs.Organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "G5")]
    public async Task Metrics_WithoutTheirToken_NameNothingOfAnyTenant()
    {
        var (ours, theirs) = await service.BothAsync();
        await service.Hosts[0].Services.GetRequiredService<ExpiryWatch>().LookAsync(TestContext.Current.CancellationToken);

        var metrics = await ours.Organization.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);

        Assert.Contains("vpp_token_days_to_expiry_days", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(theirs.Ids.Concat(ours.Ids), id => metrics.Contains(id, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    [Trait("Rule", "G2")]
    public async Task Call_OutsideTheScopeTag_NothingOfTheTokenAndItsAppsComesBackOrChanges()
    {
        // Of its own: some of what it has is changed and deleted here.
        var theirs = await TenantOfShape.BuildAsync(service);
        using var administrators = new Administrators(service, theirs.Organization.Tenant);
        var (north, south) = (await administrators.TagAsync("North"), await administrators.TagAsync("South"));
        await Administrators.SendAsync(administrators.Global, HttpMethod.Patch, $"/beta/deviceAppManagement/vppTokens/{theirs.Token}", new { roleScopeTagIds = new[] { north } });
        var actions = Routes().SelectMany(route => route.Guards).SelectMany(guard => guard.Actions).Distinct().ToArray();
        var outsider = await administrators.WithAsync(actions, south);
        string[] hidden = [theirs.Token.ToString(), theirs.App.ToString(), theirs.License.ToString(), "Shared App"];
        var (before, faults) = (await StateAsync(theirs), new List<string>());

        // Users, groups and devices carry no tags: changing those is not what is asked here.
        var concerned = Routes().Where(route => !route.IsOpen && (route.IsGet || route.Guards.Any(guard => guard.Actions.Count > 0 && !guard.Actions.Intersect(ChangesDevices).Any())));
        foreach (var (route, address, sent) in concerned.SelectMany(route => Tries(route, theirs).Select(one => (route, one.Address, one.Body))))
        {
            var (status, body) = await Administrators.TryAsync(outsider, new HttpMethod(route.Method), address, sent);

            var what = $"{route.Method} {address} {JsonSerializer.Serialize(sent)}: {(int)status} {body}";
            var named = address + JsonSerializer.Serialize(sent);
            if ((int)status >= 500) faults.Add(what);
            if (hidden.Any(text => !named.Contains(text, StringComparison.Ordinal) && body.Contains(text, StringComparison.OrdinalIgnoreCase))) faults.Add("gives away: " + what);
            if ((int)status < 400 && hidden.Any(id => route.Address(theirs).Contains(id, StringComparison.Ordinal))) faults.Add("is there: " + what);
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults.Concat(service.Hosts[0].Log.Errors.Take(3))));
        Assert.Equal(before, await StateAsync(theirs));
    }

    /// <summary>An address as it is, with everything expanded, and with each id of the tenant in the body where the body has a place for one.</summary>
    private static IEnumerable<(string Address, object? Body)> Tries(Route route, TenantOfShape tenant)
    {
        var address = route.Address(tenant);
        yield return (address, route.IsGet ? null : new { });
        foreach (var expanded in route.Expandable) yield return ($"{address}?$expand={expanded}", null);
        if (route.Body is { } type && !route.IsGet)
            foreach (var body in Bodies(type, tenant)) yield return (address, body);
    }

    private static IEnumerable<Dictionary<string, object>> Bodies(Type type, TenantOfShape tenant)
    {
        foreach (var property in type.GetProperties())
        {
            var id = Array.Find([("App", tenant.App), ("Token", tenant.Token), ("Device", tenant.Device), ("User", tenant.User)],
                one => property.Name.Contains(one.Item1, StringComparison.OrdinalIgnoreCase)) is (not null, var known) ? known : tenant.License;
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (property.PropertyType == typeof(Guid) || property.PropertyType == typeof(Guid?)) yield return new() { [name] = id };
            else if (property.PropertyType == typeof(string) && property.Name.EndsWith("Id", StringComparison.Ordinal)) yield return new() { [name] = id };
            else if (property.PropertyType == typeof(IReadOnlyList<Guid>)) yield return new() { [name] = new[] { id } };
            else if (property.Name == "Filter" && type == typeof(ReportBody)) yield return new() { [name] = $"(ApplicationId eq '{tenant.App}')" };
            else if (property.Name == "Filter" && property.PropertyType != typeof(string))
                foreach (var inner in Bodies(property.PropertyType, tenant)) yield return new() { [name] = inner };
        }
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

    private sealed record Route(string Method, string Pattern, bool IsOpen, IReadOnlyList<Guard> Guards, Type? Body, IReadOnlyList<string> Expandable)
    {
        public bool IsGet => Method == HttpMethods.Get;

        public static IEnumerable<Route> Of(RouteEndpoint endpoint) =>
            (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [HttpMethods.Get]).Select(method => new Route(
                method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null,
                endpoint.Metadata.GetOrderedMetadata<Guard>(), endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType, ExpandableOf(endpoint)));

        private static IReadOnlyList<string> ExpandableOf(RouteEndpoint endpoint)
        {
            // Lists at the top, in beta: it has all that v1.0 has, and the same views stand behind every other list.
            var pattern = endpoint.RoutePattern.RawText!;
            if (endpoint.Metadata.GetMetadata<ODataOptionsMetadata>() is not { Kind: ODataOptionsKind.List } || !pattern.Contains("beta/", StringComparison.Ordinal)) return [];
            if (pattern.Contains('{', StringComparison.Ordinal) || pattern.Contains("microsoft.graph.", StringComparison.Ordinal)) return [];

            var item = endpoint.Metadata.GetMetadata<IProducesResponseTypeMetadata>()!.Type!.GetGenericArguments()[0];
            return [.. GraphModel.Beta.EntityType(item).NavigationProperties().Select(property => property.Name)];
        }

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
                    "directoryObjects" => tenant.User,
                    "assignments" => tenant.Named.Assignment,
                    "roleDefinitions" => tenant.Named.Role,
                    "roleAssignments" => tenant.Named.RoleAssignment,
                    "mobileAppCategories" or "categories" => tenant.Named.Category,
                    "auditEvents" => tenant.Named.AuditEvent,
                    "exportJobs" => tenant.Named.ExportJob,
                    _ => (object)Guid.Empty,
                };
                var (from, to) = (segments[i].IndexOf('{', StringComparison.Ordinal), segments[i].LastIndexOf('}'));
                segments[i] = segments[i][..from] + value + segments[i][(to + 1)..];
            }

            return string.Join('/', segments);
        }

        public override string ToString() => $"{Method} {Pattern}";
    }
}
