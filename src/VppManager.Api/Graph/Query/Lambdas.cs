using System.Linq.Expressions;

namespace VppManager.Api.Graph.Query;

/// <summary>Small things about expressions that queries are built of.</summary>
internal static class Lambdas
{
    /// <summary>A value that EF Core sees as a parameter, so that one compiled query serves all values.</summary>
    public static Expression Parameter<TValue>(TValue value) =>
        Expression.Field(Expression.Constant(new Held<TValue>(value)), nameof(Held<TValue>.Value));

    public static Expression Parameter(object? value, Type type) =>
        Expression.Field(Expression.Constant(Activator.CreateInstance(typeof(Held<>).MakeGenericType(type), value)),
            nameof(Held<int>.Value));

    /// <summary>The body of a lambda with another expression in the place of its parameter.</summary>
    public static Expression Apply(LambdaExpression lambda, Expression argument) =>
        Replace(lambda.Body, lambda.Parameters[0], argument);

    public static Expression Replace(Expression body, Expression old, Expression by) => new Replacement(old, by).Visit(body)!;

    public static LambdaExpression Id(Type type)
    {
        var item = Expression.Parameter(type, "item");
        return Expression.Lambda(Expression.Property(item, nameof(Wire.Entity.Id)), item);
    }

    private sealed class Held<TValue>(TValue value)
    {
        public readonly TValue Value = value;
    }

    private sealed class Replacement(Expression old, Expression by) : ExpressionVisitor
    {
        public override Expression? Visit(Expression? node) => node == old ? by : base.Visit(node);
    }
}
