using System.Xml;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Tests.Graph.Model;

public sealed class MetadataDocumentTests
{
    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    public void Write_ReadBackByTheLibrary_IsTheSameModel(string version)
    {
        var model = GraphModel.Versions.Single(one => one.Version == version);
        using var reader = XmlReader.Create(new MemoryStream(MetadataDocument.Write(model)));

        Assert.True(CsdlReader.TryParse(reader, out var parsed, out var errors), string.Join("; ", errors));
        Assert.Equal(
            model.Edm.SchemaElements.Select(element => element.FullName()).Order(StringComparer.Ordinal),
            parsed.SchemaElements.Select(element => element.FullName()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Write_Namespace_HasGraphsAlias()
    {
        var text = System.Text.Encoding.UTF8.GetString(MetadataDocument.Write(GraphModel.V1));

        Assert.Contains("Namespace=\"microsoft.graph\" Alias=\"graph\"", text, StringComparison.Ordinal);
    }
}
