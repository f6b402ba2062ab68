using Sluice.Planning;
using Sluice.Sqlite.Connections;

namespace Sluice.Sqlite.Writing.Forms;

/// <summary>
/// The forms in which the columns of a load hold what has several: what is written and looked up is in the form of what is there.
/// </summary>
/// <remarks>A column is looked at when its first such value comes.</remarks>
sealed class StoredForms
{
    readonly SqliteHandle _db;
    readonly Table _table;
    readonly Column?[] _columns;
    readonly bool[] _isKey;
    readonly GuidForm[] _guids;
    readonly NumberForm[] _numbers;
    long _version;
    long _changes;

    internal StoredForms(SqliteHandle db, BulkPlan plan, int fields)
    {
        _db = db;
        _table = plan.Table;
        _columns = new Column?[fields];
        _isKey = new bool[fields];
        _guids = new GuidForm[fields];
        _numbers = new NumberForm[fields];
        foreach (var column in plan.Columns)
        {
            _columns[column.FieldIndex] = column.Target;
            _isKey[column.FieldIndex] = plan.Key.Any(k => k.Name == column.Target.Name);
        }
    }

    /// <summary>Whether the table is still to be created.</summary>
    internal bool IsNew { get; init; }

    internal bool IsKey(int field) => _isKey[field];

    /// <exception cref="Sluice.Providers.LoadFault">A key holds them in several forms.</exception>
    internal GuidForm OfGuids(int field)
    {
        if (_guids[field] is GuidForm.Unknown)
            _guids[field] = !IsNew && FormProbe.OfGuids(_db, _table, Looked(field), _isKey[field]) is var found and not GuidForm.Unknown
                ? found
                : GuidForm.Capitals;
        return _guids[field];
    }

    /// <summary>How the numbers of a key are written.</summary>
    /// <param name="field">The field.</param>
    /// <param name="first">The form of the value at hand, which decides where nothing is there yet.</param>
    /// <exception cref="Sluice.Providers.LoadFault">The key holds them in several forms.</exception>
    internal NumberForm OfNumbers(int field, NumberForm first)
    {
        if (_numbers[field] is NumberForm.Unknown)
            _numbers[field] = !IsNew && FormProbe.OfNumbers(_db, _table, Looked(field)) is var found and not NumberForm.Unknown
                ? found
                : first;
        return _numbers[field];
    }

    Column Looked(int field)
    {
        Note();
        return _columns[field]!;
    }

    /// <summary>Forgets what was seen where others have written since.</summary>
    internal void Refresh()
    {
        if (_version == 0 || (_version == Version() && _changes == _db.TotalChanges))
            return;
        Array.Clear(_guids);
        Array.Clear(_numbers);
        _version = 0;
    }

    /// <summary>Takes what was written since for the load's own.</summary>
    internal void Note()
    {
        _version = Version();
        _changes = _db.TotalChanges;
    }

    /// <summary>Whether a column was looked at.</summary>
    internal bool IsUsed => _version != 0;

    // Changes when another connection commits: https://sqlite.org/pragma.html#pragma_data_version.
    long Version() => _db.Query("PRAGMA data_version", row => row.Long(0))[0];
}
