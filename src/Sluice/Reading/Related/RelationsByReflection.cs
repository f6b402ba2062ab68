using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Sluice.Reading.Related;

namespace Sluice;

/// <summary>Relations of row types that are not <c>[Table] partial</c>, found by their properties at run time.</summary>
/// <remarks>
/// Which columns hold the key is found as for <c>InsertGraphAsync</c>: by [ForeignKey] and [InverseProperty], or by names, as OrderId for
/// a property Order, or for a list of a type Order. What is found is kept.
/// </remarks>
public static class RelationsByReflection
{
    const DynamicallyAccessedMemberTypes Needed = DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors;

    /// <summary>The relation of a property that takes one row.</summary>
    /// <param name="table">The table of the rows with the property.</param>
    /// <param name="property">The property, as <c>x =&gt; x.Customer</c>.</param>
    /// <exception cref="BulkPlanException">By which columns the rows are related is not known, or no key of theirs can be read.</exception>
    [RequiresUnreferencedCode(ReflectedRelation.Reason)]
    [RequiresDynamicCode(ReflectedRelation.Reason)]
    public static Relation<TParent, TChild> ToOne<[DynamicallyAccessedMembers(Needed)] TParent, [DynamicallyAccessedMembers(Needed)] TChild>(
        this Table<TParent> table, Expression<Func<TParent, TChild?>> property)
        where TParent : class
        where TChild : class =>
            ReflectedRelation.Link<TParent, TChild>(table, PropertyOf(property), isMany: false, isThrough: false).ToRelation();

    /// <summary>The relation of a property that takes a list of rows.</summary>
    /// <inheritdoc cref="ToOne{TParent, TChild}"/>
    [RequiresUnreferencedCode(ReflectedRelation.Reason)]
    [RequiresDynamicCode(ReflectedRelation.Reason)]
    public static Relation<TParent, TChild> ToMany<[DynamicallyAccessedMembers(Needed)] TParent, [DynamicallyAccessedMembers(Needed)] TChild>(
        this Table<TParent> table, Expression<Func<TParent, IEnumerable<TChild>?>> property)
        where TParent : class
        where TChild : class =>
            ReflectedRelation.Link<TParent, TChild>(table, PropertyOf(property), isMany: true, isThrough: false).ToRelation();

    /// <summary>The relation of a property that takes a list of rows, by a table between both.</summary>
    /// <param name="table">The table of the rows with the property.</param>
    /// <param name="property">The property, as <c>x =&gt; x.Tags</c>.</param>
    /// <param name="through">The table between both, whose foreign keys to them are found by themselves.</param>
    /// <exception cref="BulkPlanException">The table has no foreign key to one of the two, or several.</exception>
    [RequiresUnreferencedCode(ReflectedRelation.Reason)]
    [RequiresDynamicCode(ReflectedRelation.Reason)]
    public static Relation<TParent, TChild> ToMany<[DynamicallyAccessedMembers(Needed)] TParent, [DynamicallyAccessedMembers(Needed)] TChild>(
        this Table<TParent> table, Expression<Func<TParent, IEnumerable<TChild>?>> property, Table through)
        where TParent : class
        where TChild : class =>
            ReflectedRelation.Link<TParent, TChild>(table, PropertyOf(property), isMany: true,
                isThrough: true).ToRelationThrough().Through(through);

    static string PropertyOf(LambdaExpression property)
    {
        ArgumentNullException.ThrowIfNull(property);
        var body = property.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : property.Body;
        return body is MemberExpression { Expression: ParameterExpression } member
            ? member.Member.Name
            : throw new ArgumentException("Name a property alone: x => x.Lines.", nameof(property));
    }
}
