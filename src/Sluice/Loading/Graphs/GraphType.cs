using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading.Graphs;

/// <summary>A row type of a graph: its table, and the properties that lead to rows of other tables.</summary>
[RequiresUnreferencedCode(Reason)]
abstract class GraphType
{
    internal const string Reason = "The types that properties lead to are found by reflection.";

    readonly RowEntity _entity;

    private protected GraphType(Type type)
    {
        _entity = new RowEntity(type);
        Type = type;
        Numbered = _entity.Key is [{ Generated: not Generated.Never } only] ? only : null;
    }

    internal Type Type { get; }

    /// <summary>The key that the database gives, or null where rows bring theirs.</summary>
    internal RowMember? Numbered { get; }

    /// <summary>The properties that lead to other rows.</summary>
    internal IEnumerable<RowMember> Navigations => _entity.Navigations;

    internal bool IsStored(object row) => Numbered?.Property.GetValue(row) switch
    {
        null => false,
        Guid given => given != Guid.Empty,
        var number => Convert.ToInt64(number, CultureInfo.InvariantCulture) != 0,
    };

    /// <summary>Takes back a key that the database gave, because the row was not kept.</summary>
    internal void Forget(object row) => SetKey(row, Numbered!.ValueType == typeof(Guid) ? Guid.Empty : 0);

    private protected void SetKey(object row, object key) =>
        Numbered!.Property.SetValue(row, key is Guid ? key : Convert.ChangeType(key, Numbered.ValueType, CultureInfo.InvariantCulture));

    /// <summary>The foreign key by which rows of this type refer to a parent by a property of theirs.</summary>
    /// <exception cref="BulkPlanException">No property could hold the key.</exception>
    internal GraphReference ReferenceBy(RowMember navigation, GraphType parent) =>
        Settable(_entity.ReferenceBy(navigation, parent._entity))
            ?? throw GraphProblems.NoReference(navigation.Origin(Type), Type.Name, parent.Type.Name,
                parent._entity.Key.Select(k => navigation.Name + k.Name));

    /// <summary>The foreign key by which a child's rows refer to this type, where a list of this type holds them.</summary>
    /// <exception cref="BulkPlanException">No property could hold the key, or several could.</exception>
    internal GraphReference ReferenceOf(RowMember list, GraphType child)
    {
        var reference = _entity.ReferenceOf(list, child._entity, out var ways);
        if (ways.Count > 0)
            throw GraphProblems.AmbiguousReference(list.Origin(Type), child.Type.Name, ways.Select(m => m.Name));
        return Settable(reference) ?? throw GraphProblems.NoReference(list.Origin(Type), child.Type.Name, Type.Name,
            _entity.Key.Select(k => Type.Name + k.Name));
    }

    static GraphReference? Settable(RowReference? reference) =>
        reference is not null && reference.Own.All(m => m.Property.CanWrite) ? new GraphReference(reference.Own, reference.Key) : null;

    /// <summary>Inserts rows of this type and writes the numbers that the database gives back to them.</summary>
    internal abstract Task<BulkResult> InsertAsync(SessionSource database, IReadOnlyList<GraphNode> rows, BulkOptions options,
        CancellationToken cancellationToken);

    [RequiresDynamicCode(Reason)]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The constructor is annotated.")]
    internal static GraphType Of(Type type) => type.IsValueType
        ? throw GraphProblems.GraphOfValues(type)
        : (GraphType)Activator.CreateInstance(typeof(GraphType<>).MakeGenericType(type), nonPublic: true)!;

    /// <summary>The objects that a property leads to.</summary>
    internal static IEnumerable<object?> Of(RowMember navigation, object row) => navigation.Property.GetValue(row) switch
    {
        null => [],
        IEnumerable many => many.Cast<object?>(),
        var one => [one],
    };

    internal static bool IsList(RowMember navigation) => RowEntity.IsList(navigation);
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

    internal override async Task<BulkResult> InsertAsync(SessionSource database, IReadOnlyList<GraphNode> rows, BulkOptions options,
        CancellationToken cancellationToken)
    {
        var source = new GraphSource<T>(rows, _table);
        if (Numbered is null)
            return await source.Accept(new LoadRun(new LoadRequest(database, Named: null, new InsertOperation(), options), cancellationToken)).ConfigureAwait(false);
        return await (Numbered.ValueType == typeof(Guid)
            ? InsertKeyedAsync<Guid>(database, source, options, cancellationToken)
            : InsertKeyedAsync<long>(database, source, options, cancellationToken)).ConfigureAwait(false);
    }

    async Task<BulkResult> InsertKeyedAsync<TKey>(SessionSource database, GraphSource<T> source, BulkOptions options,
        CancellationToken cancellationToken)
        where TKey : struct
    {
        var key = _table.Columns.First(c => string.Equals(c.Name, Numbered!.ColumnName, StringComparison.Ordinal));
        var load = new ReturningLoad<T, TKey>(new LoadRequest(database, Named: null, new InsertOperation(), options), source, [key],
            static () => new ScalarShape<TKey>());
        return await new ReturnedRows<T, TKey>(load, cancellationToken).WriteBackAsync((row, value) => SetKey(row, value),
            CancellationToken.None).ConfigureAwait(false);
    }
}
