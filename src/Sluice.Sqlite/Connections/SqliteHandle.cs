using Microsoft.Data.Sqlite;
using SQLitePCL;
using Sluice.Sqlite.Functions;
using Sluice.Sqlite.Native;

namespace Sluice.Sqlite.Connections;

/// <summary>
/// An open database and what can be asked of it. Every member is called on the connection's own thread, <see cref="Interrupt"/> excepted.
/// </summary>
sealed class SqliteHandle : IDisposable
{
    readonly sqlite3 _db;
    readonly bool _owned;
    readonly PreparedStatements _prepared;

    SqliteHandle(sqlite3 db, bool isNew, StandingStatements? callers, int preparedStatements)
    {
        _db = db;
        _owned = callers is null;
        Standing = callers ?? new StandingStatements(db);
        _prepared = new PreparedStatements(preparedStatements);
        IsNew = isNew;
    }

    /// <summary>A database that the caller opened and will close.</summary>
    internal static SqliteHandle OfCaller(sqlite3 db, StandingStatements standing) =>
        new(db, isNew: false, standing, preparedStatements: 0);

    /// <summary>Makes Sluice's functions known to the caller's connection.</summary>
    internal static void Prepare(sqlite3 db)
    {
        // Once each: what a statement that stands on the connection may be using cannot be registered anew.
        lock (s_prepared)
        {
            if (s_prepared.TryGetValue(db, out _))
                return;
            ValueFunctions.Register(db);
            s_prepared.Add(db, db);
        }
    }

    static readonly System.Runtime.CompilerServices.ConditionalWeakTable<sqlite3, object> s_prepared = [];

    // How long a lock is waited for by what Sluice itself asks, as of the catalog. Statements of the caller wait so that they can be
    // cancelled meanwhile.
    TimeSpan Patience { get; init; }

    /// <summary>Whether opening created the file.</summary>
    internal bool IsNew { get; }

    /// <summary>The native pointer, valid while the handle is open.</summary>
    internal nint Pointer => _db.DangerousGetHandle();

    /// <summary>Whether a transaction is open.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(_db) == 0;

    /// <summary>Whether the connection may have temporary tables and triggers, which stand before those of the file.</summary>
    internal bool HasTemporary => raw.sqlite3_db_readonly(_db, "temp") >= 0;

    /// <summary>The rows that the last INSERT, UPDATE or DELETE changed.</summary>
    internal long Changes => raw.sqlite3_changes(_db);

    /// <summary>The rows that were ever changed through this connection.</summary>
    internal long TotalChanges => raw.sqlite3_total_changes(_db);

    /// <summary>The most parameters that a statement may have.</summary>
    internal int VariableLimit => raw.sqlite3_limit(_db, raw.SQLITE_LIMIT_VARIABLE_NUMBER, -1);

    internal static SqliteHandle Open(string path, SqliteEngineOptions options)
    {
        Batteries_V2.Init();
        var inMemory = MemoryDatabase.Is(path);
        var isNew = !inMemory && (!File.Exists(path) || new FileInfo(path).Length == 0);
        // The connection has a thread of its own, so the library's per-call mutex would guard nothing.
        var result = raw.sqlite3_open_v2(path, out var db,
            raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX | (inMemory ? raw.SQLITE_OPEN_URI : 0), null);
        if (result == raw.SQLITE_OK)
        {
            ValueFunctions.Register(db);
            return new SqliteHandle(db, isNew, callers: null, options.PreparedStatements ?? 100) { Patience = options.BusyTimeout };
        }
        var failure = Error(db, result);
        db.Dispose();
        throw failure;
    }

    internal sqlite3_stmt Prepare(string sql)
    {
        var result = raw.sqlite3_prepare_v3(_db, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement);
        return result == raw.SQLITE_OK ? statement : throw Error(result);
    }

    /// <summary>Whether nothing but blanks and comments follows the text's first statement, which is all that is ever run of it.</summary>
    internal bool IsOneStatement(string sql)
    {
        if (!sql.Contains(';', StringComparison.Ordinal))
            return true;
        var result = raw.sqlite3_prepare_v2(_db, sql, out var statement, out var rest);
        statement.Dispose();
        if (result != raw.SQLITE_OK)
            throw Error(result);
        while (rest.Length > 0)
        {
            result = raw.sqlite3_prepare_v2(_db, rest, out var next, out var further);
            var isStatement = result != raw.SQLITE_OK || !next.IsInvalid;
            next.Dispose();
            if (isStatement)
                return false;
            rest = further.Length < rest.Length ? further : "";
        }
        return true;
    }

    /// <summary>A statement ready to be bound, from those that this connection keeps; the caller gives it back.</summary>
    internal sqlite3_stmt Borrow(string sql) => _prepared.Take(sql) ?? PrepareInTime(sql);

    // To prepare is to read the schema, while another connection may hold the file because it opens or closes it.
    sqlite3_stmt PrepareInTime(string sql)
    {
        if (!_owned)
            return Prepare(sql);
        raw.sqlite3_busy_timeout(_db, (int)Math.Min(Patience.TotalMilliseconds, int.MaxValue));
        try
        {
            return Prepare(sql);
        }
        finally
        {
            raw.sqlite3_busy_timeout(_db, 0);
        }
    }

    /// <summary>Keeps a statement for its next use.</summary>
    internal void GiveBack(string sql, sqlite3_stmt statement) => _prepared.Put(sql, statement);

    /// <summary>Runs a statement to its end.</summary>
    internal void Execute(string sql) => Query(sql, _ => false);

    /// <summary>Runs a query and makes an object of each row.</summary>
    internal List<TRow> Query<TRow>(string sql, Func<SqliteRow, TRow> read, params string[] parameters)
    {
        // A caller's own connection waits as the caller told it.
        if (!_owned)
            return Ask(sql, read, parameters);
        raw.sqlite3_busy_timeout(_db, (int)Math.Min(Patience.TotalMilliseconds, int.MaxValue));
        try
        {
            return Ask(sql, read, parameters);
        }
        finally
        {
            raw.sqlite3_busy_timeout(_db, 0);
        }
    }

    List<TRow> Ask<TRow>(string sql, Func<SqliteRow, TRow> read, string[] parameters)
    {
        using var statement = Prepare(sql);
        for (var i = 0; i < parameters.Length; i++)
            raw.sqlite3_bind_text(statement, i + 1, parameters[i]);
        var rows = new List<TRow>();
        int result;
        while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            rows.Add(read(new SqliteRow(statement)));
        return result == raw.SQLITE_DONE ? rows : throw Error(result);
    }

    /// <summary>Runs a statement that may have to wait for another connection's lock.</summary>
    /// <returns>False if the lock was not to be had in time.</returns>
    internal bool TryExecute(string sql, TimeSpan patience, CancellationToken cancellationToken)
    {
        var statement = Borrow(sql);
        try
        {
            return TryRun(statement, patience, cancellationToken);
        }
        finally
        {
            GiveBack(sql, statement);
        }
    }

    bool TryRun(sqlite3_stmt statement, TimeSpan patience, CancellationToken cancellationToken)
    {
        for (var wait = new BusyWait(patience); ; wait.Pause(cancellationToken))
        {
            int result;
            while ((result = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                // A pragma answers with a row; nobody asked for it.
            }
            if (result == raw.SQLITE_DONE)
                return true;
            if (ResultCodes.Of(result) is not ResultCode.Busy)
                throw Error(result);
            raw.sqlite3_reset(statement);
            if (wait.IsOver)
                return false;
        }
    }

    /// <summary>The statements of the database that stand between two batches while others run.</summary>
    internal StandingStatements Standing { get; }

    /// <summary>Stops the statement that is running; callable from any thread.</summary>
    internal void Interrupt()
    {
        if (!_db.IsClosed && !Standing.Stop())
            raw.sqlite3_interrupt(_db);
    }

    internal SqliteException Error(int result) => Error(_db, result);

    static SqliteException Error(sqlite3 db, int result)
    {
        var extended = raw.sqlite3_extended_errcode(db);
        return new SqliteException(raw.sqlite3_errmsg(db).utf8_to_string(), (int)ResultCodes.Of(result),
            ResultCodes.Of(extended) == ResultCodes.Of(result) ? extended : result);
    }

    /// <summary>What was last made for this connection and may serve again; it ends with the connection.</summary>
    internal IDisposable? Kept { get; set; }

    public void Dispose()
    {
        Kept?.Dispose();
        _prepared.Dispose();
        if (_owned)
            _db.Dispose();
    }
}
