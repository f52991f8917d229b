using System.Xml.Linq;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Tests.Graph.Model;

/// <summary>$metadata as it is served, read as XML, against <see cref="GraphTables"/>.</summary>
public sealed class MetadataTablesTests
{
    private static readonly XNamespace Edm = "http://docs.oasis-open.org/odata/ns/edm";

    private static readonly Dictionary<string, Dictionary<string, XElement>> Types = GraphModel.Versions.ToDictionary(model => model.Version, Read);

    // What holds the rest together, and what the service needs besides and Graph has as well.
    private static readonly string[] Besides =
    [
        "appLogCollectionRequest", "assignedLicense", "complianceState", "deviceAppManagement", "deviceAppUpdateBehavior", "deviceManagement",
        "deviceManagementReportFileFormat", "deviceManagementReports", "deviceRegistrationState", "managedApp", "managedAppAvailability", "managementAgentType",
        "mobileAppActionType", "mobileAppIntentAndStateDetail", "mobileAppRelationship", "mobileAppRelationshipType", "mobileAppTroubleshootingAppStateHistory",
        "mobileAppTroubleshootingHistoryItem", "resourceOperation", "roleScopeTagAutoAssignment", "roleScopeTagInfo", "runState",
    ];

    public static TheoryData<string, string> Blocks()
    {
        var data = new TheoryData<string, string>();
        foreach (var name in GraphTables.Text.Split('\n').Where(line => line.Length > 0 && line[0] != ' ').Select(GraphTables.NameOf))
        {
            data.Add("v1.0", name);
            data.Add("beta", name);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Type_InMetadata_IsAsInTheTable(string version, string name)
    {
        var expected = Expected(name, version == "beta");

        Assert.Equal(string.Join('\n', expected), string.Join('\n', Served(version, name)));
    }

    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    public void Types_InMetadata_AreThoseOfTheTableAndNoOthers(string version)
    {
        var expected = Blocks().Select(row => row.Data.Item2).Distinct().Where(name => Expected(name, version == "beta").Any()).Concat(Besides);

        Assert.Empty(Types[version].Keys.Except(expected));
    }

    private static IEnumerable<string> Expected(string name, bool beta)
    {
        var lines = GraphTables.Text.Split('\n').SkipWhile(line => line.Length == 0 || line[0] == ' ' || GraphTables.NameOf(line) != name).ToList();
        var head = lines[0];
        if (head.StartsWith("enum ", StringComparison.Ordinal))
        {
            var members = head["enum ".Length..][name.Length..].Trim();
            if (members.StartsWith("beta ", StringComparison.Ordinal)) members = beta ? members["beta ".Length..] : "";
            return members.Length == 0 ? [] : [$"enum {name}", .. members.Split(", ").Where(member => beta || !IsBeta(member)).Select(WithoutBeta)
                .Order(StringComparer.Ordinal)];
        }

        if (!beta && IsBeta(head)) return [];

        return [WithoutBeta(head), .. lines.Skip(1).TakeWhile(line => line.StartsWith(' ')).Select(line => line.Trim())
            .Where(line => beta || !IsBeta(line)).Select(WithoutBeta).Order(StringComparer.Ordinal)];
    }

    private static bool IsBeta(string line) => line.Split(' ').Contains("beta");

    private static string WithoutBeta(string line) => string.Join(' ', line.Split(' ').Where(word => word != "beta"));

    private static Dictionary<string, XElement> Read(GraphModel model)
    {
        using var stream = new MemoryStream(MetadataDocument.Write(model));
        return XDocument.Load(stream).Descendants(Edm + "Schema").Single(schema => (string?)schema.Attribute("Namespace") == "microsoft.graph")
            .Elements().Where(element => element.Name.LocalName is "EntityType" or "ComplexType" or "EnumType")
            .ToDictionary(element => element.Attribute("Name")!.Value);
    }

    private static IEnumerable<string> Served(string version, string name)
    {
        if (!Types[version].TryGetValue(name, out var type)) return [];
        if (type.Name.LocalName == "EnumType")
            return [$"enum {name}", .. type.Elements(Edm + "Member").Select(member => $"{member.Attribute("Name")!.Value} {member.Attribute("Value")!.Value}")
                .Order(StringComparer.Ordinal)];

        var isAbstract = (string?)type.Attribute("Abstract") == "true" ? "abstract " : "";
        var parent = type.Attribute("BaseType") is { } given ? " : " + Short(given.Value) : "";
        return [isAbstract + name + parent, .. type.Elements(Edm + "Property").Select(Property)
            .Concat(type.Elements(Edm + "NavigationProperty").Select(Navigation)).Order(StringComparer.Ordinal)];
    }

    private static string Property(XElement property)
    {
        var kind = Short(property.Attribute("Type")!.Value);
        var mayBeNull = kind[0] != '[' && (string?)property.Attribute("Nullable") != "false";
        return $"{property.Attribute("Name")!.Value} {kind}{(mayBeNull ? "?" : "")}";
    }

    private static string Navigation(XElement property)
    {
        var contained = (string?)property.Attribute("ContainsTarget") == "true" ? " contained" : "";
        return $"{property.Attribute("Name")!.Value} -> {Short(property.Attribute("Type")!.Value)}{contained}";
    }

    private static string Short(string type) => type.StartsWith("Collection(", StringComparison.Ordinal)
        ? $"[{Short(type["Collection(".Length..^1])}]"
        : type.Replace("Edm.", "", StringComparison.Ordinal).Replace("microsoft.graph.", "", StringComparison.Ordinal).Replace("graph.", "", StringComparison.Ordinal);
}
