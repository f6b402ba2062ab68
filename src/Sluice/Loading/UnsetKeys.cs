using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Loading;

/// <summary>
/// Refuses rows that are to be found by a key which the database gives, and have none yet: as row 0 the next such one would overwrite it.
/// </summary>
sealed class UnsetKeys<T>
{
    readonly RowShape<T> _shape;
    readonly RowLocator<T> _locate;
    readonly UnsetKeyNotes _notes;
    readonly Action<LoadFault>? _refused;
    long _ordinal;

    UnsetKeys(BulkPlan plan, RowShape<T> shape, RowSource<T> source, Action<LoadFault>? refused)
    {
        _refused = refused;
        _shape = shape;
        _locate = source.Locate;
        _ordinal = source.FirstOrdinal;
        _notes = new UnsetKeyNotes(new string?[shape.Fields.Count]);
        foreach (var column in plan.Columns.Where(c => IsGiven(plan, c)))
            _notes.Keys[column.FieldIndex] = column.Target.Name;
    }

    static bool IsGiven(BulkPlan plan, PlanColumn column) => column.Field.IsGenerated && plan.Key.Any(k => k.Name == column.Target.Name);

    /// <summary>The check that a plan's rows need, or null.</summary>
    internal static UnsetKeys<T>? For(BulkPlan plan, RowShape<T> shape, RowSource<T> source, Action<LoadFault>? refused = null) =>
        plan.Write is { Statement: { Inserts: true } and ({ CanUpdate: true } or { IgnoresConflicts: true }) } && HasGiven(plan)
            ? new(plan, shape, source, refused)
            : null;

    // Asked for every call of a few rows, so by a loop that allocates nothing.
    static bool HasGiven(BulkPlan plan)
    {
        for (var i = 0; i < plan.Columns.Count; i++)
        {
            if (plan.Columns[i].Field.IsGenerated && IsGiven(plan, plan.Columns[i]))
                return true;
        }
        return false;
    }

    /// <param name="rows">The next rows of the source.</param>
    /// <exception cref="LoadFault">One of them has no key.</exception>
    internal void Check(ReadOnlySpan<T> rows)
    {
        for (var row = FirstUnset(rows); row is { } unset; row = FirstUnset(rows))
        {
            var fault = LoadProblems.UnsetKey(_notes.Column!, _ordinal + unset, _locate(rows[unset]));
            (_refused ?? throw fault)(fault);
            rows = rows[(unset + 1)..];
            _ordinal += unset + 1;
        }
        _ordinal += rows.Length;
    }

    int? FirstUnset(ReadOnlySpan<T> rows)
    {
        _notes.Restart();
        try
        {
            var sink = new UnsetKeySink(_notes);
            _shape.Write(rows, ref sink);
        }
        catch (ValueException)
        {
            // The writer will refuse that row with its number.
        }
        return _notes.First;
    }
}

/// <summary>What was seen of rows' values in some fields.</summary>
/// <param name="keys">By field, the column that is looked at; null for other fields.</param>
/// <param name="onlyNulls">Whether nothing but null counts as unset.</param>
sealed class UnsetKeyNotes(string?[] keys, bool onlyNulls = false)
{
    int _field;
    int _row;

    internal string?[] Keys => keys;

    /// <summary>The first row without a key, or null.</summary>
    internal int? First { get; private set; }

    /// <summary>The column that it lacks.</summary>
    internal string? Column { get; private set; }

    internal void Restart() => (_row, First, Column) = (0, null, null);

    internal void BeginRow() => _field = 0;

    internal void EndRow() => _row++;

    internal bool TrySkip()
    {
        if (keys[_field] is not null)
            return false;
        _field++;
        return true;
    }

    internal void Note(bool isUnset) => Take(isUnset && !onlyNulls);

    internal void NoteNull() => Take(isUnset: true);

    void Take(bool isUnset)
    {
        if (isUnset && First is null && keys[_field] is { } column)
            (First, Column) = (_row, column);
        _field++;
    }
}

/// <summary>Looks at the keys of rows: null, zero and the empty text and Guid are none.</summary>
readonly struct UnsetKeySink(UnsetKeyNotes notes) : IRowSink
{
    public void BeginRow() => notes.BeginRow();

    public void EndRow() => notes.EndRow();

    public bool TrySkip() => notes.TrySkip();

    public void WriteNull() => notes.NoteNull();

    public void Write(bool value) => notes.Note(isUnset: false);

    public void Write(long value) => notes.Note(value == 0);

    public void Write(ulong value) => notes.Note(value == 0);

    public void Write(float value) => notes.Note(value == 0);

    public void Write(double value) => notes.Note(value == 0);

    public void Write(decimal value) => notes.Note(value == 0);

    public void Write(string value) => notes.Note(string.IsNullOrEmpty(value));

    public void Write(ReadOnlySpan<char> value) => notes.Note(value.IsEmpty);

    public void Write(Guid value) => notes.Note(value == Guid.Empty);

    public void Write(DateTime value) => notes.Note(value == default);

    public void Write(DateTimeOffset value) => notes.Note(value == default);

    public void Write(DateOnly value) => notes.Note(value == default);

    public void Write(TimeOnly value) => notes.Note(isUnset: false);

    public void Write(TimeSpan value) => notes.Note(isUnset: false);

    public void WriteBytes(ReadOnlySpan<byte> value) => notes.Note(value.IsEmpty);

    public void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum => notes.Note(isUnset: false);

    public void WriteArray<TElement>(ReadOnlySpan<TElement> values) => notes.Note(isUnset: false);

    public void WriteOther(object value) => notes.Note(isUnset: false);
}
