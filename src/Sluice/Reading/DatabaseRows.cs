using System.Diagnostics.CodeAnalysis;
using Sluice.Loading;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Reading;

/// <summary>The rows of a database's table or query, to be written to another one or to a file.</summary>
/// <remarks>
/// Read once, while they are written, in bounded memory: a batch, and the one that is read ahead. Values keep all they have: an exact
/// number its digits, a point in time its microseconds. What the target has no type for becomes its text there: an array becomes JSON.
/// </remarks>
[Experimental(ExperimentalFor.Providers)]
public sealed class DatabaseRows : RowSource<DatabaseRow>
{
    readonly CancellationTokenSource _stop = new();
    readonly StreamRun<DatabaseRow> _run;
    readonly Table? _table;
    readonly HashSet<int> _mixed = [];
    ArraySegment<DatabaseRow> _rest;
    bool _ended;
    bool _disposed;

    DatabaseRows(SessionSource database, SqlStatement query, QueryDescription description, Table? table, StreamOptions options)
    {
        Name = table?.QualifiedName ?? "query";
        _table = table;
        Columns = description.Columns;
        _run = new StreamRun<DatabaseRow>(database, query, related: null, new DatabaseResultShape(), options, reuse: true, _stop.Token,
            CancellationToken.None, description.Statement);
    }

    /// <summary>The table's name, or "query".</summary>
    public override string Name { get; }

    /// <summary>The columns, in order, with the types that the database has for them.</summary>
    public IReadOnlyList<Column> Columns { get; private set; }

    /// <summary>Of a table's rows the table, as another database can create it; null for a query's.</summary>
    public override Table? Table => _table is null ? null : Describe(_table.Name, _table.Schema);

    internal static async Task<DatabaseRows> OpenAsync(SessionSource database, SqlStatement query, Table? table, StreamOptions? options,
        CancellationToken cancellationToken)
    {
        var known = table?.Columns.Where(c => c.Generated is not Generated.Computed).ToList();
        var description = await DescribeAsync(database, query, known, cancellationToken).ConfigureAwait(false);
        if (description.Columns.Count == 0)
            throw LoadProblems.ResultWithoutColumns();
        if (description.Columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw ReadProblems.ResultColumnTwice(twice.Key);
        var rows = new DatabaseRows(database, query, description, table, options ?? StreamOptions.Default);
        try
        {
            if (description.IsTypedByValue && rows.Columns.Any(c => c.Type.Kind is SqlTypeKind.Other))
                await rows.LookAsync(cancellationToken).ConfigureAwait(false);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    static async Task<QueryDescription> DescribeAsync(SessionSource database, SqlStatement query, IReadOnlyList<Column>? known,
        CancellationToken cancellationToken)
    {
        var session = await database.OpenSessionAsync(cancellationToken).ConfigureAwait(false);
        await using var disposal = session.ConfigureAwait(false);
        var rendered = session.Dialect.Render(query);
        if (rendered.TakesRows)
            throw ReadProblems.NeedsRows();
        try
        {
            return await session.DescribeAsync(rendered, known, cancellationToken).ConfigureAwait(false);
        }
        catch (LoadFault fault)
        {
            throw StatementFault.Explain(fault, reads: true);
        }
    }

    // Columns without a declared type have the one of the first batch's values.
    async Task LookAsync(CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken).ConfigureAwait(false);
        Columns = [.. Columns.Select((column, i) => column.Type.Kind is SqlTypeKind.Other ? Typed(column, i) : column)];
    }

    Column Typed(Column column, int place)
    {
        var type = ValueTypes.Of(_rest, place);
        if (type.Kind is SqlTypeKind.Text)
            _mixed.Add(place);
        return Column.For(new Column<object>(column.Name, type) { IsNullable = column.IsNullable, Default = column.Default, Generated = column.Generated });
    }

    /// <summary>Describes a table for the columns, to create it: their types, what may be null, and the primary key.</summary>
    /// <remarks>Defaults, conditions and references are left out: another database may not know what they name.</remarks>
    /// <param name="name">The table's name.</param>
    /// <param name="schema">The schema, or null for the connection's default.</param>
    /// <param name="key">The names of the primary key's columns; null for the key of the table that the rows come from, if any.</param>
    /// <exception cref="BulkPlanException">There is no column of a name in <paramref name="key"/>.</exception>
    public Table Describe(string name, string? schema = null, IReadOnlyList<string>? key = null)
    {
        key ??= [.. _table?.PrimaryKey.Select(c => c.Name) ?? []];
        var names = Columns.Select(c => c.Name).ToList();
        if (key.FirstOrDefault(k => !names.Contains(k)) is { } unknown)
            throw ReadProblems.NoKeyColumn(Name, unknown, names);
        var columns = Columns.Select(c => Column.For(new Column<object>(c.Name, Portable(c.Type)) { IsNullable = c.IsNullable && !key.Contains(c.Name, StringComparer.Ordinal) }));
        return new Table(name, schema, [.. columns], [.. key.Select(k => names.IndexOf(k))]);
    }

    // What only the one database knows of the type stays behind; of a type without a family the name is all there is, and another server
    // may have it.
    static SqlType Portable(SqlType type) =>
        type with { StoreName = type.Kind is SqlTypeKind.Other ? type.StoreName : null, StoreId = 0, Element = type.Element is null ? null : Portable(type.Element) };

    /// <inheritdoc/>
    public override RowShape<DatabaseRow> Bind(Table target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var fields = new RowField[Columns.Count];
        var types = new SqlType[fields.Length];
        for (var i = 0; i < fields.Length; i++)
        {
            // A name that no column has stays as it is, for the plan to list with all others.
            var match = target.FindColumn(Columns[i].Name);
            types[i] = match?.Type ?? SqlType.Text;
            fields[i] = new RowField(match?.Name ?? Columns[i].Name, typeof(object))
            {
                // These have no other form than their text here.
                IsParsed = types[i].Kind is SqlTypeKind.Other or SqlTypeKind.Array or SqlTypeKind.Interval or SqlTypeKind.TimeTz,
            };
        }
        // Where no type fits all values, text takes the numbers among them too.
        return new DatabaseRowShape(fields, [.. Columns.Select((c, i) => _mixed.Contains(i) ? new SqlType(SqlTypeKind.Other) : c.Type)],
            types);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<DatabaseRow> rows, CancellationToken cancellationToken)
    {
        if (_rest.Count == 0)
            await FillAsync(cancellationToken).ConfigureAwait(false);
        if (_rest.Count == 0)
            return 0;
        var count = Math.Min(rows.Length, _rest.Count);
        _rest.AsMemory(0, count).CopyTo(rows);
        _rest = _rest[count..];
        return count;
    }

    async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_ended)
            return;
        var registration = cancellationToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
        await using var disposal = registration.ConfigureAwait(false);
        try
        {
            _rest = await _run.NextAsync().ConfigureAwait(false);
            _ended = _rest.Count == 0;
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancelled.Message, cancelled, cancellationToken);
        }
    }

    /// <summary>Stops the database's work and gives the connection back.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _run.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
