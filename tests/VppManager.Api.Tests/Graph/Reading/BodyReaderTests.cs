using System.Text.Json;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Tests.Graph.Reading;

public sealed class BodyReaderTests
{
    [Theory]
    [InlineData("""{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"g"}""")]
    [InlineData("""{"groupId":"g","@odata.type":"#microsoft.graph.groupAssignmentTarget"}""")]
    [InlineData("""{"groupId":"g","@odata.type":"microsoft.graph.groupAssignmentTarget"}""")]
    [InlineData("""{"groupId":"g","@odata.type":"#graph.groupAssignmentTarget"}""")]
    public void Read_TypeAnywhereWithOrWithoutSign_IsTheConcreteType(string json)
    {
        var target = Assert.IsType<GroupAssignmentTarget>(Read<DeviceAndAppManagementAssignmentTarget>(GraphModel.V1, json));

        Assert.Equal("g", target.GroupId);
    }

    [Fact]
    public void Read_AssignBodyOfTheSdk_IsWhole()
    {
        var body = Read<AssignBody>(GraphModel.Beta, """
            {"mobileAppAssignments":[
              {"@odata.type":"#microsoft.graph.mobileAppAssignment","intent":"Required",
               "target":{"groupId":"g","@odata.type":"#microsoft.graph.exclusionGroupAssignmentTarget"},
               "settings":{"vpnConfigurationId":null,"@odata.type":"#microsoft.graph.iosVppAppAssignmentSettings","useDeviceLicensing":true}}]}
            """);

        var assignment = Assert.Single(body.MobileAppAssignments);
        Assert.Equal(InstallIntent.Required, assignment.Intent);
        Assert.IsType<ExclusionGroupAssignmentTarget>(assignment.Target);
        Assert.True(Assert.IsType<IosVppAppAssignmentSettings>(assignment.Settings).UseDeviceLicensing);
    }

    [Theory]
    [InlineData("""{"mobileAppAssignments":[{"intent":"nosuch"}]}""", "'mobileAppAssignments[0].intent'")]
    [InlineData("""{"mobileAppAssignments":[{"intent":1}]}""", "'mobileAppAssignments[0].intent'")]
    [InlineData("""{"mobileAppAssignments":[{"intent":"required, available"}]}""", "'mobileAppAssignments[0].intent'")]
    [InlineData("""{"mobileAppAssignments":[{"intent":null}]}""", "'mobileAppAssignments[0].intent'")]
    [InlineData("""{"mobileAppAssignments":[{"target":{}}]}""", "'@odata.type' is required")]
    [InlineData("""{"mobileAppAssignments":[{"target":{"@odata.type":"#microsoft.graph.nosuch"}}]}""", "microsoft.graph.nosuch")]
    [InlineData("""{"mobileAppAssignments":[{"target":{"@odata.type":"#microsoft.graph.vppToken"}}]}""", "not allowed here")]
    [InlineData("""{"mobileAppAssignments":[{"target":{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":5}}]}""", "'mobileAppAssignments[0].target.groupId'")]
    [InlineData("""{"mobileAppAssignments":{}}""", "'mobileAppAssignments'")]
    [InlineData("""{"mobileAppAssignments":null}""", "'mobileAppAssignments'")]
    [InlineData("{}", "'mobileAppAssignments'")]
    [InlineData("[]", "an object is expected")]
    public void Read_BodyThatDoesNotFit_IsRefusedWithTheNameOfTheProperty(string json, string named)
    {
        var fault = Assert.Throws<GraphFault>(() => Read<AssignBody>(GraphModel.V1, json));

        Assert.Equal(400, fault.Status);
        Assert.Contains(named, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"automaticallyUpdateApps":"true"}""", "'automaticallyUpdateApps'")]
    [InlineData("""{"automaticallyUpdateApps":null}""", "'automaticallyUpdateApps'")]
    [InlineData("""{"displayName":{}}""", "'displayName'")]
    [InlineData("""{"expirationDateTime":"tomorrow"}""", "'expirationDateTime'")]
    [InlineData("""{"roleScopeTagIds":["0",1]}""", "'roleScopeTagIds[1]'")]
    public void Read_ValueOfAnotherKind_IsRefusedWithTheNameOfTheProperty(string json, string named) =>
        Assert.Contains(named, Assert.Throws<GraphFault>(() => Read<VppToken>(GraphModel.Beta, json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_PropertyOfBetaInV1_IsPassedOver() =>
        Assert.Null(Read<VppToken>(GraphModel.V1, """{"displayName":"HQ","nosuch":1}""").DisplayName);

    [Fact]
    public void Read_TypeOfBetaInV1_IsRefused() =>
        Assert.Throws<GraphFault>(() => Read<MobileApp>(GraphModel.V1, """{"@odata.type":"#microsoft.graph.macOsVppApp"}"""));

    [Fact]
    public void ReadPatch_AbsentAndNull_AreKeptApart()
    {
        using var json = JsonDocument.Parse("""{"owner":null,"@odata.type":"#microsoft.graph.iosVppApp","isFeatured":true}""");
        var patch = new BodyReader(GraphModel.V1).ReadPatch<MobileApp>(json.RootElement);

        Assert.IsType<IosVppApp>(patch.Value);
        Assert.True(patch.Has(nameof(MobileApp.Owner)));
        Assert.Null(patch.Value.Owner);
        Assert.True(patch.Value.IsFeatured);
        Assert.False(patch.Has(nameof(MobileApp.Notes)));
        Assert.Equal(2, patch.Changed.Count);
    }

    [Theory]
    [InlineData("https://graph.microsoft.com/v1.0/directoryObjects/0b9c5e1e-0000-0000-0000-000000000001")]
    [InlineData("https://host/beta/directoryObjects('0b9c5e1e-0000-0000-0000-000000000001')")]
    [InlineData("0b9c5e1e-0000-0000-0000-000000000001")]
    public void IdOf_ReferenceOnAnyHost_IsItsTail(string address) =>
        Assert.Equal(Guid.Parse("0b9c5e1e-0000-0000-0000-000000000001"), ReferenceBody.IdOf(address));

    private static TBody Read<TBody>(GraphModel model, string json) where TBody : class
    {
        using var document = JsonDocument.Parse(json);
        return new BodyReader(model).Read<TBody>(document.RootElement);
    }
}
