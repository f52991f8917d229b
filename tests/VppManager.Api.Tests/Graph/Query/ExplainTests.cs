using System.Data.Common;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Relations;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Query;

/// <summary>
/// Filters, orders and expansions are answered by the database, by way of an index: on a tenant of 2,000 apps and 20,000 licences that PostgreSQL takes
/// for one of 100,000 and 1,000,000, each statement is run as the service's own role behind its walls, and no step of its plan may touch many more rows
/// than a page has. With and without scope tags.
/// </summary>
[Collection(GraphCollection.Name)]
public sealed class ExplainTests(GraphHost graph)
{
    private const int Page = 101;
    private const int Most = 5 * Page;
    private const string AppOfMany = "00000000-0000-0000-0000-000000000001";
    private const string App = "00000000-0000-0000-0000-000000000018";

    [Theory]
    [InlineData("")]
    [InlineData("?$top=999&$skip=0")]
    [InlineData("?$orderby=displayName")]
    [InlineData("?$orderby=displayName&$skiptoken=WyJBcHAgMSIsIjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMSJd")]
    [InlineData("?$skiptoken=WyIwMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDE1MDAiXQ")]
    [InlineData("?$filter=displayName eq 'App 17'")]
    [InlineData("?$filter=isof('microsoft.graph.iosVppApp') and displayName eq 'App 17'")]
    [InlineData("?$filter=microsoft.graph.iosVppApp/bundleId eq 'com.example.app17'")]
    [InlineData("?$filter=startswith(displayName,'App 17')")]
    [InlineData("?$filter=startswith(displayName,'App 17')&$orderby=displayName")]
    [InlineData("?$filter=isof('microsoft.graph.iosVppApp')")]
    [InlineData("?$filter=not isof('microsoft.graph.macOsVppApp')")]
    [InlineData("?$filter=(isof('microsoft.graph.iosVppApp') or isof('microsoft.graph.macOsVppApp') or isof('microsoft.graph.win32LobApp'))")]
    [InlineData("?$filter=(microsoft.graph.managedApp/appAvailability eq null or microsoft.graph.managedApp/appAvailability eq 'lineOfBusiness' or isAssigned eq true)")]
    [InlineData("?$filter=id in ('00000000-0000-0000-0000-000000000001','00000000-0000-0000-0000-000000000002')")]
    [InlineData("?$filter=assignments/any(a:a/target/groupId eq '" + LargeTenant.SmallGroup + "')")]
    [InlineData("?$expand=assignments,categories")]
    [InlineData("?$expand=assignments&$filter=displayName eq 'App 17'")]
    [InlineData("?$select=id,displayName&$orderby=displayName desc")]
    public Task Apps_AskedForInAnyWay_AreReadByAnIndex(string query) => BoundedAsync<MobileApp>(query, db => db.MobileApps);

    // No index knows what is in the middle of a text. The apps are gone through, in the order asked for; nothing else is.
    [Theory]
    [InlineData("?$filter=contains(displayName,'pp 17')")]
    [InlineData("?$filter=contains(tolower(displayName),'pp 17')")]
    [InlineData("?$filter=publisher eq 'Publisher 7'")]
    [InlineData("?$filter=categories/any(c:c/displayName eq 'Business')")]
    [InlineData("?$filter=isFeatured eq true and microsoft.graph.iosVppApp/totalLicenseCount gt 5")]
    [InlineData("?$search=\"pp 17\"")]
    [InlineData("?$orderby=publisher")]
    public Task Apps_AskedForByWhatHasNoIndex_TouchNothingButApps(string query) =>
        BoundedAsync<MobileApp>(query, db => db.MobileApps, "apps", "pools", "app_categories", "assignments");

    [Theory]
    [InlineData("?$filter=state eq 'valid'&$orderby=displayName")]
    [InlineData("?$filter=contains(organizationName,'A')&$select=id,organizationName")]
    public Task Tokens_AskedForInAnyWay_TouchNoLicences(string query) => BoundedAsync<VppToken>(query, db => db.VppTokens);

    [Theory]
    [InlineData("")]
    [InlineData("?$top=5")]
    [InlineData("?$skiptoken=WyI4MDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMTUwMDAiXQ")]
    public Task Licences_OfAnApp_AreReadByAnIndex(string query) => BoundedAsync<IosVppAppAssignedLicense>(
        query, db => LicenseMapping.OfApp(one => one.IosLicenses).Compile()(db, App));

    // Half of all licences are of this one: a page of them costs what a page costs.
    [Theory]
    [InlineData("")]
    [InlineData("?$skiptoken=WyI4MDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMTUwMDAiXQ")]
    public Task Licences_OfAnAppWithVeryMany_AreReadByAnIndex(string query) => BoundedAsync<IosVppAppAssignedLicense>(
        query, db => LicenseMapping.OfApp(one => one.IosLicenses).Compile()(db, AppOfMany));

    [Theory]
    [InlineData("?$filter=serialNumber eq 'SL17'")]
    [InlineData("?$filter=azureADDeviceId eq 'da000000-0000-0000-0000-000000000017'")]
    [InlineData("?$filter=userId eq 'e1000000-0000-0000-0000-000000000017'")]
    [InlineData("?$filter=operatingSystem eq 'iOS' or operatingSystem eq 'iPadOS'")]
    [InlineData("?$filter=lastSyncDateTime gt 2026-01-01T00:00:00Z")]
    [InlineData("")]
    public Task ManagedDevices_ByWhatScriptsKnow_AreReadByAnIndex(string query) => BoundedAsync<ManagedDevice>(query, db => db.ManagedDevices);

    [Theory]
    [InlineData("?$expand=memberOf,ownedDevices")]
    [InlineData("?$expand=registeredDevices,manager&$top=20")]
    [InlineData("?$filter=startswith(userPrincipalName,'user177')")]
    public Task Users_Expanded_AreReadByAnIndex(string query) => BoundedAsync<User>(query, db => db.Users);

    [Theory]
    [InlineData("?$expand=memberOf,owners&$filter=displayName eq 'Everybody'")]
    public Task Groups_Expanded_AreReadByAnIndex(string query) => BoundedAsync<Group>(query, db => db.Groups);

    [Fact]
    public Task Licences_ExpandedOnApps_AreReadByAnIndex() => BoundedAsync<MobileApp>(
        "?$expand=microsoft.graph.iosVppApp/assignedLicenses($top=5)&$filter=id gt '00000000-0000-0000-0000-000000000001'&$top=20", db => db.MobileApps);

    [Fact]
    public Task InstallStates_OfAnApp_AreReadByAnIndex() => BoundedAsync<MobileAppInstallStatus>(
        "", db => db.InstallStatuses.Where(row => EF.Property<string>(row, ReportMapping.AppId) == "00000000-0000-0000-0000-000000000017"));

    private async Task BoundedAsync<TItem>(string query, Func<GraphReadContext, IQueryable<TItem>> source, params string[] mayBeRead) where TItem : Entity
    {
        await graph.LargeAsync();
        foreach (var tags in (string?[])[null, LargeTenant.Tag]) await BoundedAsync(query, source, tags, mayBeRead);
    }

    private async Task BoundedAsync<TItem>(string query, Func<GraphReadContext, IQueryable<TItem>> source, string? tags, string[] mayBeRead) where TItem : Entity
    {
        var ct = TestContext.Current.CancellationToken;
        var explain = new Explain(tags);
        var options = new DbContextOptionsBuilder<GraphReadContext>().UseNpgsql(graph.Owner).AddInterceptors(explain)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).Options;
        await using var db = new GraphReadContext(options) { Tenant = LargeTenant.Id };
        var target = new QueryTarget(GraphModel.Beta, typeof(TItem), [nameof(MobileApp.DisplayName)]);
        var text = QueryText.Read(new QueryCollection(QueryHelpers.ParseQuery(query)));
        var plan = text is null ? QueryPlan.Plain(target) : QueryPlan.ForMany(target, text, new PlanCache());

        var rows = await source(db).Restricted(plan).Page(plan, Math.Min(plan.PageSize + 1, Page)).ToListAsync(ct);
        if (plan.Expanded is { } expanded) await Expanding.FillAsync(db, GraphModel.Beta, [.. rows.Select(row => row.Item)], expanded, ct);

        var hungry = explain.Explained.SelectMany(one => one).Where(step => step.Rows > Most && LargeTenant.Tables.Contains(step.Table) && !mayBeRead.Contains(step.Table)).ToList();
        Assert.True(hungry.Count == 0, $"{query} with tags '{tags}': {string.Join("; ", hungry)}\n{explain.Text}");
    }

    private sealed record Step(string Table, string Kind, double Rows);

    private sealed class Explain(string? tags) : DbCommandInterceptor
    {
        public List<List<Step>> Explained { get; } = [];

        public string Text { get; private set; } = "";

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            await using var connection = (NpgsqlConnection)((ICloneable)command.Connection!).Clone();
            await connection.OpenAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var settings = new NpgsqlCommand(LargeTenant.Pretend(tags), connection, transaction)) await settings.ExecuteNonQueryAsync(cancellationToken);

            await using var explain = new NpgsqlCommand("explain (analyze, timing off, format json) " + command.CommandText, connection, transaction);
            foreach (NpgsqlParameter parameter in command.Parameters) explain.Parameters.Add(parameter.Clone());
            Text = (string)(await explain.ExecuteScalarAsync(cancellationToken))!;
            using var plan = JsonDocument.Parse(Text);
            Explained.Add([.. Steps(plan.RootElement[0].GetProperty("Plan"))]);
            await transaction.RollbackAsync(cancellationToken);

            command.CommandText = LargeTenant.Settings(tags) + command.CommandText;
            return result;
        }

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            await result.NextResultAsync(cancellationToken);
            return result;
        }

        private static IEnumerable<Step> Steps(JsonElement node)
        {
            double Number(string name) => node.TryGetProperty(name, out var value) ? value.GetDouble() : 0;

            if (node.TryGetProperty("Relation Name", out var table))
            {
                var rows = (Number("Actual Rows") + Number("Rows Removed by Filter") + Number("Rows Removed by Index Recheck")) * Number("Actual Loops");
                yield return new Step(table.GetString()!, node.GetProperty("Node Type").GetString()!, rows);
            }

            if (!node.TryGetProperty("Plans", out var inner)) yield break;
            foreach (var step in inner.EnumerateArray().SelectMany(Steps)) yield return step;
        }
    }
}
