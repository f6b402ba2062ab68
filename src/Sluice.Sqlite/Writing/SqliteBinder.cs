using SQLitePCL;
using Sluice.Planning;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;
using Sluice.Sqlite.Rendering;
using Sluice.Sqlite.Schema;
using Sluice.Sqlite.Values;
using Sluice.Sqlite.Writing.Forms;

namespace Sluice.Sqlite.Writing;

/// <summary>A prepared INSERT of one or several rows: takes values in field order and runs when its rows are full.</summary>
/// <remarks>Every slot is bound anew for every run, so nothing is cleared in between. Used on the connection's own thread only.</remarks>
sealed unsafe class SqliteBinder : IDisposable
{
    readonly SqliteHandle _db;
    readonly sqlite3_stmt _statement;
    readonly nint _pointer;
    readonly string? _keptAs;
    readonly PinnedText _text = new();
    readonly Accepts[] _accepts;
    readonly Affinity[] _affinities;

    // Keys of exact numbers as texts: each number has one.
    readonly bool[] _numberKeys;
    readonly int _rows;
    readonly bool _isView;
    int _field;
    int _slot;
    int[]? _places;
    int _row;

    /// <summary>An INSERT of several rows.</summary>
    /// <param name="db">The connection.</param>
    /// <param name="plan">The columns.</param>
    /// <param name="fields">How many fields a row has.</param>
    /// <param name="text">The statement.</param>
    /// <param name="rows">How many rows a statement has.</param>
    /// <param name="forms">The forms of another binder's columns, where they are those of this one.</param>
    internal SqliteBinder(SqliteHandle db, BulkPlan plan, int fields, string text, int rows, StoredForms? forms = null)
        : this(db, plan, fields, rows, db.Prepare(text), forms)
    {
    }

    /// <summary>A statement that is run for each row.</summary>
    internal SqliteBinder(SqliteHandle db, BulkPlan plan, int fields, RenderedStatement rendered, Func<object, string> format,
        StoredForms? forms = null)
        : this(db, plan, fields, rows: 1, db.Borrow(rendered.Text), forms)
    {
        _keptAs = rendered.Text;
        _places = new int[fields];
        for (var i = 0; i < rendered.Parameters.Count; i++)
        {
            var parameter = rendered.Parameters[i];
            // Values of the statement itself are bound once; a reset keeps them.
            if (parameter.RowColumn is null)
                StatementRun.Bind(_statement, i + 1, parameter.Value, format);
            else
                _places[plan.Columns.First(c => c.Target.Name == parameter.RowColumn).FieldIndex] = i + 1;
        }
    }

    SqliteBinder(SqliteHandle db, BulkPlan plan, int fields, int rows, sqlite3_stmt statement, StoredForms? forms)
    {
        _db = db;
        Forms = forms ?? new StoredForms(db, plan, fields);
        _numberKeys = new bool[fields];
        _rows = rows;
        _isView = plan.Table.Traits.HasFlag(TableTraits.View);
        _accepts = new Accepts[fields];
        _affinities = new Affinity[fields];
        foreach (var column in plan.Columns)
        {
            _accepts[column.FieldIndex] = Acceptance.Of(column.Target);
            _affinities[column.FieldIndex] = SqliteTypes.AffinityOf(column.Target, plan.Table);
            _numberKeys[column.FieldIndex] = Forms.IsKey(column.FieldIndex) && column.Target.Type.Kind is SqlTypeKind.Numeric
                && _affinities[column.FieldIndex] is Affinity.Text;
        }
        _statement = statement;
        _pointer = _statement.DangerousGetHandle();
        Sink = new SqliteSink(this);
    }

    /// <summary>What rows are written to.</summary>
    internal SqliteSink Sink;

    /// <summary>The forms of the columns' values.</summary>
    internal StoredForms Forms { get; }

    /// <summary>Whether the field that is being written finds rows, or tells them apart.</summary>
    internal bool IsKey => Forms.IsKey(Field);

    /// <summary>Rows stored so far.</summary>
    internal long Stored { get; private set; }

    /// <summary>Told of every run and the rows that it changed; null where only their sum counts.</summary>
    internal Action<long>? Ran { get; init; }

    /// <summary>Told of every row that the statement returns.</summary>
    internal Action<sqlite3_stmt>? Returned { get; init; }

    /// <summary>Bytes bound so far.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Rows ended since <see cref="Restart"/>.</summary>
    internal int Ended { get; private set; }

    /// <summary>The field that is being written, for messages.</summary>
    internal int Field => _field - 1;

    /// <summary>What the column of the field takes.</summary>
    internal Accepts Accepted => _accepts[Field];

    /// <summary>The affinity of the field's column.</summary>
    internal Affinity Affinity => _affinities[Field];

    /// <summary>Whether the field's column is a key of exact numbers that are stored as texts.</summary>
    internal bool IsNumberKey => _numberKeys[Field];

    /// <summary>Whether a text that looks like a number is stored as that number, of at most 15 digits, as numeric affinity does.</summary>
    internal bool TurnsToNumbers => _affinities[Field] is Affinity.Numeric or Affinity.Integer;

    /// <summary>Forgets rows that were bound but not stored.</summary>
    internal void Restart()
    {
        _row = 0;
        _slot = 0;
        Ended = 0;
        _text.Clear();
    }

    internal void BeginRow() => _field = 0;

    internal void EndRow()
    {
        if (++_row == _rows)
            Run();
        Ended++;
    }

    internal bool TrySkip()
    {
        if (_accepts[_field] != Accepts.Nothing)
            return false;
        _field++;
        return true;
    }

    internal void Null()
    {
        if (_accepts[_field++] != Accepts.Nothing)
            Check(NativeCalls.BindNull(_pointer, Place()));
    }

    /// <summary>Room for a text that Sluice itself formats, before <see cref="Formatted"/>.</summary>
    /// <returns>False where the field goes nowhere.</returns>
    internal bool TryFormat(Accepts kind, int longest, out Span<byte> room)
    {
        var takes = Takes(kind);
        room = takes ? _text.Room(longest) : default;
        return takes;
    }

    /// <summary>Binds the text that was formatted.</summary>
    internal void Formatted(int length) => BindText(length);

    internal void Blob(ReadOnlySpan<byte> value)
    {
        if (!Takes(Accepts.Blob))
            return;
        value.CopyTo(_text.Room(value.Length));
        BindBytes(value.Length);
    }

    /// <summary>Whether the next field has texts and no numbers, so that an enumeration's value goes there by its name.</summary>
    internal bool TakesNames => (_accepts[_field] & (Accepts.Text | Accepts.Integer)) == Accepts.Text;

    /// <summary>A list, as a JSON array.</summary>
    internal void Array<TElement>(ReadOnlySpan<TElement> values)
    {
        if (!Takes(Accepts.Array))
            return;
        var json = JsonText.Of(values);
        json.CopyTo(_text.Room(json.Length));
        BindText(json.Length);
    }

    internal void BindInteger(long value)
    {
        Bytes += 8;
        Check(NativeCalls.BindInt64(_pointer, Place(), value));
    }

    internal void BindReal(double value)
    {
        Bytes += 8;
        Check(NativeCalls.BindDouble(_pointer, Place(), value));
    }

    /// <summary>Room for a value of the statement's, before it is bound.</summary>
    internal Span<byte> Room(int bytes) => _text.Room(bytes);

    internal void BindBytes(int length)
    {
        Bytes += length;
        // A null pointer would bind NULL where an empty value is meant; the room's address never is null.
        Check(NativeCalls.BindBlob(_pointer, Place(), _text.Keep(length), length, 0));
    }

    internal void BindText(int length)
    {
        Bytes += length;
        Check(NativeCalls.BindText(_pointer, Place(), _text.Keep(length), length, 0));
    }

    // The values of an INSERT stand in the fields' order; a statement of another kind has its own.
    int Place() => _places is null ? ++_slot : _places[Field];

    /// <summary>Moves to the next field.</summary>
    /// <returns>False where it goes nowhere.</returns>
    internal bool Takes(Accepts kind)
    {
        var accepts = _accepts[_field++];
        return (accepts & kind) != 0 || (accepts == Accepts.Nothing ? false : throw ValueProblems.ValueKind(kind, accepts));
    }

    void Run()
    {
        var before = _isView ? _db.TotalChanges : 0;
        var result = NativeCalls.Step(_pointer);
        for (; result == NativeCalls.Row; result = NativeCalls.Step(_pointer))
            Returned?.Invoke(_statement);
        if (result == NativeCalls.Done)
        {
            // Of a statement on a view its triggers' changes are counted only in the sum of all: https://sqlite.org/c3ref/changes.html.
            var changes = _isView ? Math.Min(_db.TotalChanges - before, 1) : NativeCalls.Changes(_db.Pointer);
            Stored += changes;
            Ran?.Invoke(changes);
            NativeCalls.Reset(_pointer);
            _row = 0;
            _slot = 0;
            _text.Clear();
            return;
        }
        var failure = _db.Error(result);
        NativeCalls.Reset(_pointer);
        throw failure;
    }

    void Check(int result)
    {
        if (result != NativeCalls.Ok)
            throw _db.Error(result);
    }

    public void Dispose()
    {
        if (_keptAs is null)
        {
            _statement.Dispose();
            return;
        }
        _db.GiveBack(_keptAs, _statement);
    }
}
