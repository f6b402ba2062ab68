using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace Sluice.Reading.Related;

/// <summary>Gives rows their related ones by properties that are found at run time. The row generator follows the same rules.</summary>
[RequiresUnreferencedCode(ReflectedRelation.Reason)]
[RequiresDynamicCode(ReflectedRelation.Reason)]
static class RelationProperty
{
    internal static Action<TParent, TChild?> Set<TParent, TChild>(RowMember navigation)
        where TChild : class
    {
        if (!navigation.IsSettable || !navigation.Property.PropertyType.IsAssignableFrom(typeof(TChild)))
            throw RelationProblems.RelationKeyless(navigation.Origin(typeof(TParent)), "it has no setter");
        var (row, child) = (Expression.Parameter(typeof(TParent), "row"), Expression.Parameter(typeof(TChild), "child"));
        return Expression.Lambda<Action<TParent, TChild?>>(Expression.Call(row, navigation.Property.GetSetMethod(nonPublic: true)!, child),
            row, child).Compile();
    }

    internal static Action<TParent, List<TChild>> Fill<TParent, TChild>(RowMember navigation)
    {
        var (row, list) = (Expression.Parameter(typeof(TParent), "row"), Expression.Parameter(typeof(List<TChild>), "list"));
        var type = navigation.Property.PropertyType;
        Expression? value = type.IsAssignableFrom(typeof(List<TChild>)) ? list
            : type == typeof(TChild[]) ? Expression.Call(list, nameof(List<TChild>.ToArray), null)
            : type.IsAssignableFrom(typeof(HashSet<TChild>)) ? Expression.New(typeof(HashSet<TChild>).GetConstructor([typeof(IEnumerable<TChild>)])!, list)
            : null;
        if (value is not null && navigation.IsSettable)
            return Expression.Lambda<Action<TParent, List<TChild>>>(Expression.Call(row, navigation.Property.GetSetMethod(nonPublic: true)!, Expression.Convert(value, type)), row, list).Compile();
        if (!typeof(ICollection<TChild>).IsAssignableFrom(type) || type.IsArray)
            throw RelationProblems.RelationKeyless(navigation.Origin(typeof(TParent)),
                "its type is neither a list, an array nor a set, or it has no setter");
        var held = Expression.Lambda<Func<TParent, ICollection<TChild>?>>(Expression.Convert(Expression.Property(row, navigation.Property), typeof(ICollection<TChild>)), row).Compile();
        return (parent, children) =>
            Replace(held(parent) ?? throw RelationProblems.RelationKeyless(navigation.Origin(typeof(TParent)), "it has no setter and is null"), children);
    }

    static void Replace<TChild>(ICollection<TChild> held, List<TChild> children)
    {
        held.Clear();
        foreach (var child in children)
            held.Add(child);
    }
}
