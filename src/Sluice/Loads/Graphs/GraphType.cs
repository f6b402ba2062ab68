using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Schema;

namespace Sluice.Loads.Graphs;

/// <summary>A row type of a graph: its table, and the properties that lead to rows of other tables.</summary>
[RequiresUnreferencedCode(Reason)]
abstract class GraphType
{
    internal const string Reason = "The types that properties lead to are found by reflection.";

    private protected GraphType(Type type)
    {
        Members = RowMembers.Of(type);
        Key = RowMembers.Key([.. Members.Where(m => !m.IsNotMapped)], type.Name);
        Type = type;
        Numbered = Key is [{ Generated: not Generated.Never } only] ? only : null;
    }

    internal Type Type { get; }

    internal List<RowMember> Members { get; }

    internal IReadOnlyList<RowMember> Key { get; }

    /// <summary>The key that the database gives, or null where rows bring theirs.</summary>
    internal RowMember? Numbered { get; }

    /// <summary>The properties that lead to other rows.</summary>
    internal IEnumerable<RowMember> Navigations => Members.Where(m => !m.IsNotMapped && RowNavigation.Is(m) && RowValues.KindOf(m.ValueType) is null);

    internal bool IsStored(object row) => Numbered is not null && Convert.ToInt64(Numbered.Property.GetValue(row), CultureInfo.InvariantCulture) != 0;

    /// <summary>Takes back a number that the database gave, because the row was not kept.</summary>
    internal void Forget(object row) => SetNumber(row, 0);

    private protected void SetNumber(object row, long number) =>
        Numbered!.Property.SetValue(row, Convert.ChangeType(number, Numbered.ValueType, CultureInfo.InvariantCulture));

    /// <summary>The foreign key by which rows of this type refer to a parent by a property of theirs.</summary>
    /// <exception cref="BulkPlanException">No property could hold the key.</exception>
    internal GraphReference ReferenceBy(RowMember navigation, GraphType parent)
    {
        List<RowMember?> declared = navigation.ForeignKey is { } names
            ? [.. names.Split(',', StringSplitOptions.TrimEntries).Select(Named)]
            : [.. Members.Where(m => string.Equals(m.ForeignKey, navigation.Name, StringComparison.Ordinal)).OrderBy(m => m.Order)];
        return Reference(declared, parent, navigation.Name, navigation.Origin(Type));
    }

    /// <summary>The foreign key by which a child's rows refer to this type, where a list of this type holds them.</summary>
    /// <exception cref="BulkPlanException">No property could hold the key, or several could.</exception>
    internal GraphReference ReferenceOf(RowMember list, GraphType child)
    {
        if (list.ForeignKey is { } names)
            return child.Reference([.. names.Split(',', StringSplitOptions.TrimEntries).Select(child.Named)], this, Type.Name, list.Origin(Type));
        var back = child.Navigations.Where(m => m.ValueType == Type).ToList();
        if (list.InverseOf is { } inverse)
            back = back.FindAll(m => string.Equals(m.Name, inverse, StringComparison.Ordinal));
        return back switch
        {
            [var one] => child.ReferenceBy(one, this),
            [] => child.Reference([], this, Type.Name, list.Origin(Type)),
            _ => throw Throw.AmbiguousReference(list.Origin(Type), child.Type.Name, back.Select(m => m.Name)),
        };
    }

    GraphReference Reference(List<RowMember?> own, GraphType parent, string prefix, string origin)
    {
        // As Entity Framework has it: the property's name, or the parent's, and the name of the parent's key.
        if (own.Count == 0)
            own = [.. parent.Key.Select(k => Named(prefix + k.Name) ?? Named(parent.Type.Name + k.Name))];
        return own.Count > 0 && own.Count == parent.Key.Count && own.TrueForAll(m => m is { Property.CanWrite: true })
            ? new GraphReference([.. own.Select(m => m!)], parent.Key)
            : throw Throw.NoReference(origin, Type.Name, parent.Type.Name, parent.Key.Select(k => prefix + k.Name));
    }

    RowMember? Named(string name) => Members.Find(m => string.Equals(m.Name, name, StringComparison.Ordinal) && !m.IsNotMapped);

    /// <summary>Inserts rows of this type and writes the numbers that the database gives back to them.</summary>
    internal abstract Task<BulkResult> InsertAsync(Database database, IReadOnlyList<GraphNode> rows, BulkOptions options, CancellationToken cancellationToken);

    [RequiresDynamicCode(Reason)]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The constructor is annotated.")]
    internal static GraphType Of(Type type) => type.IsValueType
        ? throw Throw.GraphOfValues(type)
        : (GraphType)Activator.CreateInstance(typeof(GraphType<>).MakeGenericType(type), nonPublic: true)!;

    /// <summary>The objects that a property leads to.</summary>
    internal static IEnumerable<object?> Of(RowMember navigation, object row) => navigation.Property.GetValue(row) switch
    {
        null => [],
        IEnumerable many => many.Cast<object?>(),
        var one => [one],
    };

    internal static bool IsList(RowMember navigation) => typeof(IEnumerable).IsAssignableFrom(navigation.ValueType);
}

[RequiresUnreferencedCode(Reason)]
sealed class GraphType<[DynamicallyAccessedMembers(RowMembers.Needed)] T> : GraphType
    where T : class
{
    readonly Table<T> _table = Table.For<T>();

    internal GraphType()
        : base(typeof(T))
    {
    }

    internal override async Task<BulkResult> InsertAsync(Database database, IReadOnlyList<GraphNode> rows, BulkOptions options, CancellationToken cancellationToken)
    {
        var source = new GraphSource<T>(rows, _table);
        if (Numbered is null)
            return await database.InsertAsync(source, options, cancellationToken).ConfigureAwait(false);
        var number = _table.Columns.First(c => string.Equals(c.Name, Numbered.ColumnName, StringComparison.Ordinal));
        var load = new ReturningLoad<T, long>(database, source, new InsertIntent(), [number], static () => new ScalarShape<long>(), options);
        return await new ReturnedRows<T, long>(load, cancellationToken).WriteBackAsync((row, value) => SetNumber(row, value), CancellationToken.None).ConfigureAwait(false);
    }
}
