using Microsoft.OData;
using Microsoft.OData.UriParser;

namespace VppManager.Api.Graph.Query;

/// <summary>What a filter asks is true or false everywhere; the parser takes a bare null there, too.</summary>
internal static class Conditions
{
    public static FilterClause Checked(FilterClause filter)
    {
        Check(filter.Expression);
        return filter;
    }

    private static void Check(QueryNode node)
    {
        switch (node)
        {
            case ConvertNode converted: Check(converted.Source); break;
            case UnaryOperatorNode { OperatorKind: UnaryOperatorKind.Not } not: Check(not.Operand); break;
            case LambdaNode lambda: Check(lambda.Body); break;
            case BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.Or } both:
                Check(both.Left);
                Check(both.Right);
                break;
            case ConstantNode { Value: null }: throw new ODataException("A condition of $filter is true or false; null is neither.");
        }
    }
}
