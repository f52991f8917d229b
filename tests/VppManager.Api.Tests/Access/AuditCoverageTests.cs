using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Access;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Access;

/// <summary>No change without an event: every address that changes something is called, every table that people change is known.</summary>
[Collection(AccessCollection.Name)]
[Trait("Rule", "G6")]
public sealed partial class AuditCoverageTests(ServiceFixture service)
{
    /// <summary>What people do not change themselves, and why an event about it would say nothing.</summary>
    private static readonly Dictionary<string, string> NotByPeople = new()
    {
        ["locations"] = "Apple's",
        ["pools"] = "Apple's, and counts",
        ["licenses"] = "follow from assignments and actions; the ledger tells every step",
        ["license_devices"] = "follow from licences",
        ["license_ledger"] = "is a log itself",
        ["apple_requests"] = "the service's work",
        ["sync_runs"] = "the service's work",
        ["read_positions"] = "the service's work",
        ["marks"] = "the service's work",
        ["work"] = "the service's work",
        ["mdm_commands"] = "the service's work",
        ["webhooks"] = "the service's secrets for Apple",
        ["notifications"] = "Apple's",
        ["device_apps"] = "what devices report",
        ["former_assignments"] = "kept of deleted assignments, which are audited",
        ["created_by_request"] = "remembers what was made, which is audited",
        ["audit_events"] = "is the log",
    };

    [Fact]
    public async Task Tables_ThatPeopleChange_AreAllAudited()
    {
        var tables = await service.ColumnAsync<string>("""
            select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            """);
        var audited = await service.ColumnAsync<string>("select distinct tgrelid::regclass::text from pg_trigger where tgname like 'audit\\_%'");

        Assert.True(tables.Count > 30, $"{tables.Count} tables");
        Assert.Empty(tables.Except(audited).Except(NotByPeople.Keys));
        Assert.Empty(audited.Intersect(NotByPeople.Keys));
        Assert.Empty(NotByPeople.Keys.Except(tables));
    }

    [Fact]
    public async Task Routes_ThatChangeSomething_EachCalledAndWrittenDown()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        var organization = new Organization(service, service.Apple.AddLocation("Audited"), _ => administrators.Global) { Tenant = administrators.Tenant };
        await new EveryChange(service, organization).RunAsync();

        var events = await service.ColumnAsync<string>("select correlation_id::text from audit_events where tenant_id = $1", organization.Tenant);
        var routes = Changing().ToHashSet();
        // The line is written once the answer has gone.
        var called = await Eventually.IsAsync(() => Task.FromResult(CallsOf(organization.Tenant)), calls => calls.Any(call => call.Route.StartsWith("DELETE deviceAppManagement/vppTokens", StringComparison.Ordinal)));
        Assert.Empty(routes.Except(called.Select(call => call.Route)).Order());
        Assert.Empty(called.Where(call => routes.Contains(call.Route) && !events.Contains(call.Request)).Select(call => call.Route).Order());

        var secrets = service.Secrets.ToList();
        Assert.NotEmpty(await service.ColumnAsync<string>("select changes::text from audit_events where tenant_id = $1 and changes -> 'protected_secret' ->> 'after' = 'changed'", organization.Tenant));
        Assert.Empty(LogKeeper.Leaks(await service.ColumnAsync<string>("select e::text from audit_events e where tenant_id = $1", organization.Tenant), secrets));
        Assert.Empty(await service.ColumnAsync<string>("select changes::text from audit_events where tenant_id = $1 and changes::text like '%CfDJ8%'", organization.Tenant));
    }

    /// <summary>Every address of the running service that is no GET and does not say why nothing is written down of it.</summary>
    private IEnumerable<string> Changing() => service.Hosts[0].Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<OnlyReadsMetadata>() is null && endpoint.Metadata.GetMetadata<NotAuditedMetadata>() is null)
        .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Where(method => method != HttpMethods.Get)
            .Select(method => Normal($"{method} {endpoint.RoutePattern.RawText}")));

    /// <summary>What was done for a tenant, out of the log of requests.</summary>
    private List<(string Route, string Request)> CallsOf(Guid tenant) =>
        [.. service.Hosts[0].Log.Lines.Select(line => Line.Match(line)).Where(line => line.Success && line.Groups["tenant"].Value == tenant.ToString())
            .Select(line => (Normal($"{line.Groups["method"].Value} {line.Groups["route"].Value}"), line.Groups["request"].Value))];

    /// <summary>One spelling for both versions, with and without a type, whatever the keys are called.</summary>
    private static string Normal(string route) => Spelling.Replace(route, match => match.Value.StartsWith('{') ? "{}" : "").Replace(" /", " ", StringComparison.Ordinal).TrimEnd('/');

    [GeneratedRegex(@"(?<= )/?(v1\.0|beta)/|/microsoft\.graph\.\w+|\{[^}]*\}")]
    private static partial Regex Spelling { get; }

    [GeneratedRegex("""^Information "(?<method>\w+)" "(?<route>[^"]+)" 2\d\d in .* request "(?<request>[^"]+)", tenant "(?<tenant>[^"]+)" """)]
    private static partial Regex Line { get; }
}
