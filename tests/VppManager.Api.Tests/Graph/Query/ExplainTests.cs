using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Query;

/// <summary>
/// Filters, orders and expansions are answered by the database, by way of an index. Told that reading whole tables costs a fortune, PostgreSQL
/// does it only where it has no other way, so a few rows show what a million would suffer.
/// </summary>
[Collection(GraphCollection.Name)]
public sealed class ExplainTests(GraphHost graph)
{
    private const string Large = "apps,licenses,assignments,users,devices,group_members,device_apps,remote_actions,app_icons,app_categories";

    [Theory]
    [InlineData("")]
    [InlineData("?$orderby=displayName")]
    [InlineData("?$orderby=displayName&$skiptoken=WyJBcHAgMDEiLCJhMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDEiXQ")]
    [InlineData("?$skiptoken=WyJhMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDEiXQ")]
    [InlineData("?$filter=displayName eq 'App 01'")]
    [InlineData("?$filter=startswith(displayName,'App 0')")]
    [InlineData("?$filter=microsoft.graph.iosVppApp/bundleId eq 'com.example.app1'")]
    [InlineData("?$filter=isof('microsoft.graph.iosVppApp')")]
    [InlineData("?$filter=id in ('a0000000-0000-0000-0000-000000000001','a0000000-0000-0000-0000-000000000002')")]
    [InlineData("?$filter=assignments/any(a:a/target/groupId eq 'c0000000-0000-0000-0000-000000000001')")]
    [InlineData("?$expand=assignments,categories&$top=10")]
    [InlineData("?$select=id,displayName&$orderby=displayName desc")]
    public Task Apps_AskedForInAnyWay_AreReadByAnIndex(string query) => IndexedAsync<MobileApp>(query, db => db.MobileApps);

    [Theory]
    [InlineData("?$filter=state eq 'valid'&$orderby=displayName")]
    [InlineData("?$filter=contains(organizationName,'A')&$select=id,organizationName")]
    public Task Tokens_AskedForInAnyWay_TouchNoLicences(string query) => IndexedAsync<VppToken>(query, db => db.VppTokens);

    [Theory]
    [InlineData("")]
    [InlineData("?$filter=userPrincipalName eq 'x'&$orderby=id")]
    public Task Licences_OfAnApp_AreReadByAnIndex(string query) => IndexedAsync<IosVppAppAssignedLicense>(
        query, db => db.IosLicenses.Where(row => EF.Property<string>(row, LicenseMapping.AppId) == "a0000000-0000-0000-0000-000000000001"));

    [Theory]
    [InlineData("?$filter=serialNumber eq 'SN1'")]
    [InlineData("?$filter=azureADDeviceId eq 'da000000-0000-0000-0000-000000000001'")]
    [InlineData("?$filter=userId eq 'e0000000-0000-0000-0000-000000000001'")]
    public Task ManagedDevices_ByWhatScriptsKnow_AreReadByAnIndex(string query) => IndexedAsync<ManagedDevice>(query, db => db.ManagedDevices);

    [Fact]
    public Task InstallStates_OfAnApp_AreReadByAnIndex() => IndexedAsync<MobileAppInstallStatus>(
        "?$orderby=id", db => db.InstallStatuses.Where(row => EF.Property<string>(row, ReportMapping.AppId) == "a0000000-0000-0000-0000-000000000001"));

    private async Task IndexedAsync<TItem>(string query, Func<GraphReadContext, IQueryable<TItem>> source) where TItem : Entity
    {
        var explain = new Explain();
        var options = new DbContextOptionsBuilder<GraphReadContext>().UseNpgsql(graph.Owner).AddInterceptors(explain)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
        await using var db = new GraphReadContext(options) { Tenant = GraphHost.Alpha };
        var target = new QueryTarget(GraphModel.Beta, typeof(TItem), []);
        var text = QueryText.Read(new QueryCollection(QueryHelpers.ParseQuery(query)));
        var plan = text is null ? QueryPlan.Plain(target) : QueryPlan.ForMany(target, text, new PlanCache());

        await source(db).Restricted(plan).Page(plan, 101).ToListAsync(TestContext.Current.CancellationToken);

        var lines = Assert.Single(explain.Plans).Split('\n');
        Assert.DoesNotContain(lines, line => Large.Split(',').Any(table => line.Contains($"Seq Scan on {table} ", StringComparison.Ordinal)));
    }

    private sealed class Explain : DbCommandInterceptor
    {
        public List<string> Plans { get; } = [];

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            var connection = (NpgsqlConnection)command.Connection!;
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var cheap = new NpgsqlCommand("set local enable_seqscan = off; set local app.tenant = '" + GraphHost.Alpha + "'", connection, transaction))
                await cheap.ExecuteNonQueryAsync(cancellationToken);

            await using var explain = new NpgsqlCommand("explain " + command.CommandText, connection, transaction);
            foreach (NpgsqlParameter parameter in command.Parameters) explain.Parameters.Add(parameter.Clone());
            var lines = new List<string>();
            await using (var reader = await explain.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken)) lines.Add(reader.GetString(0));
            }

            Plans.Add(string.Join('\n', lines));
            await transaction.RollbackAsync(cancellationToken);
            return result;
        }
    }
}
