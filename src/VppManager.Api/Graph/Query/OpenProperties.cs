using System.Linq.Expressions;
using System.Reflection;
using Microsoft.OData.Edm;
using Microsoft.OData.UriParser;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Graph.Query;

/// <summary>
/// Properties that only some kinds of the directory's objects have, asked of all: the kinds share the columns of their view, so what one of them calls
/// its display name is everybody's.
/// </summary>
internal static class OpenProperties
{
    private static readonly string Open = GraphName.Full(typeof(Wire.DirectoryObject));

    public static bool IsOpen(IEdmStructuredType type) => type.FullTypeName() == Open;

    /// <summary>Null when the property is the object's own.</summary>
    public static Expression? Access(SingleValuePropertyAccessNode node, Func<QueryNode, Expression> bind, Func<IEdmProperty, PropertyInfo> clr)
    {
        if (node.Source is not SingleResourceNode { StructuredTypeReference: { } reference } || !IsOpen(reference.StructuredDefinition())
            || reference.StructuredDefinition().IsOrInheritsFrom(node.Property.DeclaringType)) return null;

        var property = clr(node.Property);
        return Expression.Property(Expression.TypeAs(bind(node.Source), property.DeclaringType!), property);
    }

    /// <summary>A property of a row by its name; of the directory's objects in general, by that of any kind that has it.</summary>
    public static Expression Access(Expression row, string name) => row.Type == typeof(Wire.DirectoryObject)
        ? Expression.Property(Expression.TypeAs(row, typeof(Wire.User)), name)
        : Expression.Property(row, name);

    public static PropertyInfo ClrProperty(IEdmModel model, IEdmProperty property) =>
        model.GetAnnotationValue<Microsoft.OData.ModelBuilder.ClrPropertyInfoAnnotation>(property).ClrPropertyInfo;
}
