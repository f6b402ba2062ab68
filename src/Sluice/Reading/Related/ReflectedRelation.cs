using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using Sluice.Loading;

namespace Sluice.Reading.Related;

/// <summary>Describes relations at run time. The row generator follows the same rules.</summary>
[RequiresUnreferencedCode(Reason)]
[RequiresDynamicCode(Reason)]
static class ReflectedRelation
{
    internal const string Reason = "The types that properties lead to are found by reflection. Declare the row type [Table] partial to have the relation generated.";

    static readonly MethodInfo s_typed = typeof(ReflectedRelation).GetMethod(nameof(Typed), BindingFlags.NonPublic | BindingFlags.Static)!;

    internal static RelationLink<TParent, TChild> Link<[DynamicallyAccessedMembers(RowMembers.Needed)] TParent, [DynamicallyAccessedMembers(RowMembers.Needed)] TChild>(
        Table<TParent> table, string property, bool isMany, bool isThrough)
        where TParent : class
        where TChild : class
    {
        ArgumentNullException.ThrowIfNull(table);
        return Known<TParent, TChild>.Links.GetOrAdd((property, isThrough), _ => Find<TParent, TChild>(table, property, isMany, isThrough));
    }

    static RelationLink<TParent, TChild> Find<[DynamicallyAccessedMembers(RowMembers.Needed)] TParent, [DynamicallyAccessedMembers(RowMembers.Needed)] TChild>(
        Table<TParent> table, string property, bool isMany, bool isThrough)
        where TParent : class
        where TChild : class
    {
        var parent = new RowEntity(typeof(TParent));
        var child = new RowEntity(typeof(TChild));
        var navigation = parent.Named(property)
            ?? throw RelationProblems.RelationKeyless($"{typeof(TParent).Name}.{property}", "it is no mapped property");
        var (own, other) = isThrough ? (parent.Key, child.Key) : Columns(navigation, parent, child, isMany);
        var types = own.Zip(isThrough ? own : other, (mine, theirs) => RelationKeyTypes.Common(mine.ValueType, theirs.ValueType)).ToArray();
        if (types.Length is 0 or > 3 || Array.Exists(types, t => t is null))
            throw RelationProblems.RelationKeyless(navigation.Origin(typeof(TParent)),
                "its key has no columns, more than three, or one of a type that keys cannot have");
        var key = types.Length == 1 ? types[0]! : TupleOf(types!);
        return (RelationLink<TParent, TChild>)s_typed.MakeGenericMethod(typeof(TParent), typeof(TChild), key)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, [table, navigation, own, other, types, isMany], null)!;
    }

    static (IReadOnlyList<RowMember> Own, IReadOnlyList<RowMember> Other) Columns(RowMember navigation, RowEntity parent, RowEntity child,
        bool isMany)
    {
        if (!isMany && navigation.InverseOf is null && parent.ReferenceBy(navigation, child) is { } by)
            return (by.Own, by.Key);
        if (parent.ReferenceOf(navigation, child, out var ways) is { } of)
            return (of.Key, of.Own);
        if (ways.Count > 0)
            throw GraphProblems.AmbiguousReference(navigation.Origin(parent.Type), child.Type.Name, ways.Select(w => w.Name));
        var expected = isMany ? [] : child.Key.Select(k => $"{parent.Type.Name}.{navigation.Name}{k.Name}");
        throw RelationProblems.RelationUnknown(navigation.Origin(parent.Type), child.Type.Name,
            expected.Concat(parent.Key.Select(k => $"{child.Type.Name}.{parent.Type.Name}{k.Name}")));
    }

    static Type TupleOf(Type[] types) => (types.Length == 2 ? typeof(ValueTuple<,>) : typeof(ValueTuple<,,>)).MakeGenericType(types);

    static RelationLink<TParent, TChild, TKey> Typed<TParent, [DynamicallyAccessedMembers(RowMembers.Needed)] TChild, TKey>(
        Table<TParent> table, RowMember navigation, IReadOnlyList<RowMember> own, IReadOnlyList<RowMember> other, Type[] types, bool isMany)
        where TParent : class
        where TChild : class
        where TKey : notnull
    {
        var form = typeof(RelationKey).GetMethods().First(m => m.Name == nameof(RelationKey.Of) && m.GetGenericArguments().Length == types.Length).MakeGenericMethod(types).Invoke(null, null)!;
        return new RelationLink<TParent, TChild, TKey>(
            navigation.Origin(typeof(TParent)), table, Table.For<TChild>(), [.. own.Select(m => m.ColumnName)], [.. other.Select(m => m.ColumnName)],
            (RelationKey<TKey>)form, KeyGetter<TParent, TKey>(own, types), isMany)
        {
            Fill = isMany ? RelationProperty.Fill<TParent, TChild>(navigation) : null,
            Set = isMany ? null : RelationProperty.Set<TParent, TChild>(navigation),
        };
    }

    static RelationKeyGetter<TParent, TKey> KeyGetter<TParent, TKey>(IReadOnlyList<RowMember> own, Type[] types)
    {
        var row = Expression.Parameter(typeof(TParent), "row");
        var key = Expression.Parameter(typeof(TKey).MakeByRefType(), "key");
        var values = own.Select(m => (Expression)Expression.Property(row, m.Property)).ToArray();
        var isThere = values.Where(v => !v.Type.IsValueType || Nullable.GetUnderlyingType(v.Type) is not null)
            .Select(v => (Expression)Expression.NotEqual(v, Expression.Constant(null, v.Type)))
            .Aggregate((Expression)Expression.Constant(true), Expression.AndAlso);
        var parts = values.Select((v, i) => Expression.Convert(v, types[i])).ToArray();
        Expression made = parts.Length == 1 ? parts[0] : Expression.New(typeof(TKey).GetConstructor(types)!, parts);
        var body = Expression.Condition(
            isThere,
            Expression.Block(Expression.Assign(key, made), Expression.Constant(true)),
            Expression.Block(Expression.Assign(key, Expression.Default(typeof(TKey))), Expression.Constant(false)));
        return Expression.Lambda<RelationKeyGetter<TParent, TKey>>(body, row, key).Compile();
    }

    static class Known<TParent, TChild>
        where TParent : class
        where TChild : class
    {
        internal static readonly ConcurrentDictionary<(string Property, bool IsThrough), RelationLink<TParent, TChild>> Links = new();
    }
}
