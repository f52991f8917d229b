using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OData;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Tests.Graph.Query;

public sealed class QueryPlanTests
{
    [Theory]
    [InlineData("?$filter=state eq 'valid'")]
    [InlineData("?FILTER=state eq 'valid'")]
    [InlineData("?%24filter=state%20eq%20%27valid%27")]
    [InlineData("?$filter=state eq microsoft.graph.vppTokenState'valid'")]
    [InlineData("?$filter=state in ('valid','expired')")]
    public void Plan_FilterInAnySpelling_IsUnderstood(string query) =>
        Assert.NotNull(Plan<VppToken>(GraphModel.V1, query).Filter);

    [Theory]
    [InlineData("isof('microsoft.graph.iosVppApp')")]
    [InlineData("isOf('graph.iosVppApp') eq false")]
    [InlineData("not isof('microsoft.graph.win32LobApp')")]
    [InlineData("(isof('microsoft.graph.iosVppApp') or isof('microsoft.graph.macOsVppApp') or isof('microsoft.graph.officeSuiteApp'))")]
    [InlineData("(microsoft.graph.managedApp/appAvailability eq null or microsoft.graph.managedApp/appAvailability eq 'lineOfBusiness' or isAssigned eq true)")]
    [InlineData("microsoft.graph.managedApp/appAvailability eq microsoft.graph.managedAppAvailability'lineOfBusiness'")]
    [InlineData("microsoft.graph.win32LobApp/fileName eq null")]
    [InlineData("contains(tolower(displayName),'x') and publisher ne null")]
    [InlineData("categories/any(c:c/id eq 'ed899483-3019-425e-a470-28e901b9790e')")]
    [InlineData("assignments/any(a:a/target/groupId eq 'ed899483-3019-425e-a470-28e901b9790e')")]
    [InlineData("assignments/any(a:a/target/microsoft.graph.groupAssignmentTarget/groupId eq 'ed899483-3019-425e-a470-28e901b9790e')")]
    [InlineData("assignments/any()")]
    [InlineData("microsoft.graph.iosVppApp/bundleId eq 'com.x'")]
    public void Plan_FilterOfIntunesClients_IsUnderstoodInBeta(string filter) =>
        Assert.NotNull(Plan<MobileApp>(GraphModel.Beta, "?$filter=" + Uri.EscapeDataString(filter)).Filter);

    [Theory]
    [InlineData("?$filter=nosuch eq 1")]
    [InlineData("?$filter=displayName eq")]
    [InlineData("?$filter=state eq 'nosuch'")]
    [InlineData("?$top=1001")]
    [InlineData("?$top=-1")]
    [InlineData("?$skip=x")]
    [InlineData("?$count=maybe")]
    [InlineData("?$apply=aggregate(id with max as m)")]
    [InlineData("?$filter=state eq 'valid'&filter=state eq 'valid'")]
    [InlineData("?$skiptoken=nonsense")]
    [InlineData("?$skiptoken=WyJhIiwiYiJd")]
    [InlineData("?$search=unquoted")]
    [InlineData("?$select=nosuch")]
    [InlineData("?$expand=nosuch")]
    public void Plan_OptionThatCannotBeHonoured_IsRefused(string query) =>
        Assert.ThrowsAny<ODataException>(() => Plan<VppToken>(GraphModel.V1, query));

    [Theory]
    [InlineData("?$select=id,displayName", "(id,displayName)")]
    [InlineData("?$select=displayName&$expand=assignments", "(displayName,assignments())")]
    [InlineData("?$expand=assignments($select=intent)", "(assignments(intent))")]
    [InlineData("?$expand=assignments,categories", "(assignments(),categories())")]
    [InlineData("?$select=microsoft.graph.iosVppApp/bundleId", "(microsoft.graph.iosVppApp/bundleId)")]
    [InlineData("?$select=*", "(*)")]
    public void Plan_SelectAndExpand_AreInTheContext(string query, string suffix) =>
        Assert.Equal(suffix, Plan<MobileApp>(GraphModel.Beta, query).ContextSuffix);

    [Fact]
    public void Plan_OnlyPaging_CanUseTheCompiledQuery()
    {
        Assert.True(Plan<VppToken>(GraphModel.V1, "?$top=5").IsPlain);
        Assert.False(Plan<VppToken>(GraphModel.V1, "?$top=5&$skip=1").IsPlain);
        Assert.False(Plan<VppToken>(GraphModel.V1, "?$count=true").IsPlain);
    }

    [Fact]
    public void SkipToken_WrittenAndReadBack_KeepsEveryKindOfKey()
    {
        var plan = Plan<MobileApp>(GraphModel.Beta, "?$orderby=displayName desc,createdDateTime,isFeatured");
        object?[] keys = ["Ä'\"", new DateTimeOffset(2026, 2, 1, 10, 0, 0, TimeSpan.Zero).AddTicks(1234560), 1, Guid.Empty.ToString()];

        Assert.Equal(keys, SkipToken.Read(SkipToken.Write(keys), plan.Order));
    }

    private static QueryPlan Plan<TItem>(GraphModel model, string query) where TItem : Entity
    {
        var target = new QueryTarget(model, typeof(TItem), [nameof(MobileApp.DisplayName)]);
        var options = new QueryCollection(QueryHelpers.ParseQuery(query));
        return QueryPlan.ForMany(target, QueryText.Read(options)!, new PlanCache());
    }
}
