using System.Collections;
using System.Linq.Expressions;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.ModelBuilder;
using Microsoft.OData.UriParser;
using VppManager.Api.Graph.Views;

namespace VppManager.Api.Graph.Query;

/// <summary>The library's binder, with Graph's answers where a filter names types of which there are no objects here.</summary>
internal sealed class GraphFilterBinder : FilterBinder
{
    public override Expression BindFilter(FilterClause filterClause, QueryBinderContext context) => base.BindFilter(Conditions.Checked(filterClause), context);

    public override Expression BindBinaryOperatorNode(BinaryOperatorNode binaryOperatorNode, QueryBinderContext context)
    {
        var (left, right) = (Bare(binaryOperatorNode.Left), Bare(binaryOperatorNode.Right));
        var absent = IsAbsent(left, context) ? right : IsAbsent(right, context) ? left : null;

        return absent is null
            ? CastProperties.TypeFirst(base.BindBinaryOperatorNode(binaryOperatorNode, context), right)
            : Expression.Constant(ComparedWithNull(binaryOperatorNode.OperatorKind, IsNull(absent) || IsAbsent(absent, context)));
    }

    public override Expression BindPropertyAccessQueryNode(SingleValuePropertyAccessNode propertyAccessNode, QueryBinderContext context) =>
        TargetColumn(propertyAccessNode) is { } column
            ? Expression.Call(
                typeof(EF), nameof(EF.Property), [column.Type], Bind(AssignmentOf(propertyAccessNode.Source)!, context),
                    Expression.Constant(column.Name))
            : OpenProperties.Access(propertyAccessNode, source => Bind(source, context), property => OpenProperties.ClrProperty(context.Model, property))
                ?? CastProperties.OfType(base.BindPropertyAccessQueryNode(propertyAccessNode, context));

    public override Expression BindSingleValueFunctionCallNode(SingleValueFunctionCallNode node, QueryBinderContext context) =>
        node.TypeReference.IsBoolean() && node.Parameters.Any(parameter => IsAbsent(Bare(parameter), context))
            ? Expression.Constant(false)
            : base.BindSingleValueFunctionCallNode(node, context);

    // The library looks for the members of an enum in C#'s spelling here.
    public override Expression BindCollectionConstantNode(CollectionConstantNode node, QueryBinderContext context)
    {
        if (node.ItemType.Definition is not IEdmEnumType edm
            || context.Model.GetAnnotationValue<ClrTypeAnnotation>(edm)?.ClrType is not { } type)
        {
            return base.BindCollectionConstantNode(node, context);
        }

        var values = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(type))!;

        foreach (var item in node.Collection)
        {
            values.Add(Enum.Parse(type, ((ODataEnumValue)item.Value).Value, ignoreCase: true));
        }

        return Expression.Constant(values);
    }

    protected override Expression BindStartsWith(SingleValueFunctionCallNode node, QueryBinderContext context)
    {
        var bound = base.BindStartsWith(node, context);
        return bound is MethodCallExpression { Object: { } text, Arguments: [var prefix] }
            ? Expression.AndAlso(
                Expression.NotEqual(text, Expression.Constant(null, typeof(string))),
                Expression.Call(typeof(GraphReadContext), nameof(GraphReadContext.BeginsWith), null, text, prefix))
            : bound;
    }

    // Portals send long or-chains of every type they know: one that nothing here has is false, not an error.
    protected override Expression BindIsOf(SingleValueFunctionCallNode node, QueryBinderContext context) =>
        node.Parameters.Last() is ConstantNode { Value: string name }
        && (context.Model.FindDeclaredType(Model.GraphName.WithoutAlias(name)) is not IEdmStructuredType type
            || HasNoObjects(type, context.Model))
            ? Expression.Constant(false)
            : base.BindIsOf(node, context);

    private static bool HasNoObjects(IEdmStructuredType type, IEdmModel model) =>
        model.FindAllDerivedTypes(type).Prepend(type)
            .All(some => some.IsAbstract || model.GetAnnotationValue<ClrTypeAnnotation>(some) is null);

    // A property behind a cast is null for every object of another type.
    private static bool IsAbsent(QueryNode node, QueryBinderContext context) => node switch
    {
        SingleValuePropertyAccessNode property => IsAbsent(property.Source, context),
        SingleValueOpenPropertyAccessNode property => IsAbsent(property.Source, context),
        SingleComplexNode complex => IsAbsent(complex.Source, context),
        SingleResourceCastNode cast => HasNoObjects(cast.StructuredTypeReference.StructuredDefinition(), context.Model),
        _ => false,
    };

    private static bool ComparedWithNull(BinaryOperatorKind kind, bool otherIsNull) => kind switch
    {
        BinaryOperatorKind.Equal => otherIsNull,
        BinaryOperatorKind.NotEqual => !otherIsNull,
        _ => false,
    };

    private static bool IsNull(QueryNode node) => node is ConstantNode { Value: null };

    private static QueryNode Bare(QueryNode node) => node is ConvertNode convert ? Bare(convert.Source) : node;

    private static (string Name, Type Type)? TargetColumn(SingleValuePropertyAccessNode node) =>
        AssignmentOf(node.Source) is null ? null : AssignmentMapping.TargetColumn(node.Property.Name);

    // The assignment in assignment/target and in assignment/target/microsoft.graph.groupAssignmentTarget.
    private static SingleResourceNode? AssignmentOf(SingleValueNode node) => node switch
    {
        SingleResourceCastNode cast => AssignmentOf(cast.Source),
        SingleComplexNode { Property.Name: "target" } target => target.Source,
        _ => null,
    };
}
