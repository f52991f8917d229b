using System.Xml;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Validation;

namespace VppManager.Api.Graph.Model;

/// <summary>$metadata, written once a version.</summary>
internal static class MetadataDocument
{
    public static byte[] Write(GraphModel model)
    {
        using var stream = new MemoryStream();

        using (var writer = XmlWriter.Create(stream))
        {
            if (!CsdlWriter.TryWriteCsdl(model.Edm, writer, CsdlTarget.OData, out IEnumerable<EdmError> errors))
            {
                throw new InvalidOperationException(string.Join("; ", errors.Select(error => error.ErrorMessage)));
            }
        }

        return stream.ToArray();
    }
}
