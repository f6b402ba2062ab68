using SQLitePCL;
using Sluice.Rows;
using Sluice.Sqlite.Connections;
using Sluice.Sqlite.Native;

namespace Sluice.Sqlite.Reading;

/// <summary>A query's statement between two batches. Every member is called on the connection's own thread.</summary>
/// <param name="rendered">The query.</param>
/// <param name="shape">What rows become.</param>
/// <param name="options">How long a lock is waited for.</param>
/// <param name="format">The text of values that SQLite has no type for.</param>
/// <param name="inTransaction">
/// Whether it is a part of the caller's transaction: others may run between two batches, and it cannot wait for another connection's lock.
/// </param>
sealed class StatementRows<T>(RenderedStatement rendered, ResultShape<T> shape, SqliteEngineOptions options, Func<object, string> format,
    bool inTransaction)
{
    sqlite3_stmt? _statement;
    RowMaker<T, SqliteStatementReader>? _make;
    SqliteStatementReader _reader;
    bool _hasRow;
    bool _ended;
    bool _opened;
    bool _stands;

    /// <summary>
    /// Steps until there are no more rows, or as many as are wanted; at the end the statement goes back to the connection.
    /// </summary>
    /// <returns>How many there were.</returns>
    internal int Read(SqliteHandle db, T[] rows, int wanted, CancellationToken cancellationToken)
    {
        if (_ended)
            return 0;
        if (!inTransaction)
            return ReadOn(db, rows, wanted, cancellationToken);
        Go(db);
        try
        {
            return ReadOn(db, rows, wanted, cancellationToken);
        }
        finally
        {
            if (!_ended)
                db.Standing.Stand();
            _stands = !_ended;
        }
    }

    void Go(SqliteHandle db)
    {
        if (!_opened)
            db.Standing.Open();
        if (_stands)
            db.Standing.Go();
        _opened = true;
        _stands = false;
    }

    int ReadOn(SqliteHandle db, T[] rows, int wanted, CancellationToken cancellationToken)
    {
        if (_statement is null)
            Begin(db, cancellationToken);
        var make = _make!;
        var count = 0;
        while (_hasRow && count < wanted)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rows[count++] = make(ref _reader);
            _hasRow = Step(db);
        }
        if (!_hasRow)
            End(db);
        return count;
    }

    // The names are asked for after the first step, which is when a kept statement learns of a table's new columns.
    void Begin(SqliteHandle db, CancellationToken cancellationToken)
    {
        _statement = db.Borrow(rendered.Text);
        StatementRun.Bind(_statement, rendered, format);
        _hasRow = StatementRun.Step(db, _statement, options, cancellationToken, hasRead: inTransaction);
        shape.Bind(StatementRun.ColumnsOf(_statement));
        _reader = new SqliteStatementReader(_statement);
        _make = shape.Maker<SqliteStatementReader>();
    }

    unsafe bool Step(SqliteHandle db)
    {
        var result = NativeCalls.Step(_statement!.DangerousGetHandle());
        return result == NativeCalls.Row || (result == NativeCalls.Done ? false : throw db.Error(result));
    }

    internal void End(SqliteHandle db)
    {
        if (_statement is not null)
            db.GiveBack(rendered.Text, _statement);
        _statement = null;
        _ended = true;
        if (_stands)
            db.Standing.Go();
        if (_opened)
            db.Standing.Close();
        _stands = false;
        _opened = false;
    }
}
