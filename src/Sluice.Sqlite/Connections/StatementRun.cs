using System.Globalization;
using System.Text;
using SQLitePCL;
using Sluice.Rows;
using Sluice.Sqlite.Native;

namespace Sluice.Sqlite.Connections;

/// <summary>Runs one rendered statement, always to its end: a statement that writes is complete only then.</summary>
static class StatementRun
{
    internal static long Execute(SqliteHandle db, RenderedStatement rendered, SqliteEngineOptions options, Func<object, string> format,
        CancellationToken cancellationToken)
    {
        var statement = db.Borrow(rendered.Text);
        try
        {
            Bind(statement, rendered, format);
            long rows = 0;
            while (Step(db, statement, options, cancellationToken))
                rows++;
            return rows > 0 || raw.sqlite3_stmt_readonly(statement) != 0 ? rows : db.Changes;
        }
        finally
        {
            db.GiveBack(rendered.Text, statement);
        }
    }

    internal static IReadOnlyList<T> Query<T>(
        SqliteHandle db, RenderedStatement rendered, ResultShape<T> shape, SqliteEngineOptions options, Func<object, string> format, CancellationToken cancellationToken)
    {
        var statement = db.Borrow(rendered.Text);
        try
        {
            Bind(statement, rendered, format);
            return Read(db, statement, shape, options, cancellationToken);
        }
        finally
        {
            db.GiveBack(rendered.Text, statement);
        }
    }

    static List<T> Read<T>(SqliteHandle db, sqlite3_stmt statement, ResultShape<T> shape, SqliteEngineOptions options,
        CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var reader = new SqliteStatementReader(statement);
        // The names are asked for after the first step, which is when a kept statement learns of a table's new columns.
        var found = Step(db, statement, options, cancellationToken);
        shape.Bind(ColumnsOf(statement));
        var make = shape.Maker<SqliteStatementReader>();
        for (; found; found = Step(db, statement, options, cancellationToken))
            rows.Add(make(ref reader));
        return rows;
    }

    internal static string[] ColumnsOf(sqlite3_stmt statement)
    {
        var columns = new string[raw.sqlite3_column_count(statement)];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = raw.sqlite3_column_name(statement, i).utf8_to_string();
        return columns;
    }

    internal static void Bind(sqlite3_stmt statement, RenderedStatement rendered, Func<object, string> format)
    {
        // Bound by name: the library numbers "$1" as it meets it, whatever the digit says.
        for (var i = 0; i < rendered.Parameters.Count; i++)
        {
            var place = raw.sqlite3_bind_parameter_index(statement, "$" + (i + 1).ToString(CultureInfo.InvariantCulture));
            if (place > 0)
                Bind(statement, place, InColumn(rendered.Parameters[i]), format);
        }
    }

    // Beside texts an enumeration's value is its name, and beside identifiers a text is one, as they are stored.
    static object? InColumn(SqlParameter parameter) => parameter switch
    {
        { Value: Enum named, Type.Kind: SqlTypeKind.Text or SqlTypeKind.VarChar or SqlTypeKind.Char } => named.ToString(),
        { Value: string text, Type.Kind: SqlTypeKind.Uuid } when Guid.TryParse(text, out var id) => id,
        _ => parameter.Value,
    };

    internal static void Bind(sqlite3_stmt statement, int place, object? value, Func<object, string> format)
    {
        switch (value)
        {
            case null or DBNull:
                raw.sqlite3_bind_null(statement, place);
                break;
            case bool truth:
                raw.sqlite3_bind_int64(statement, place, truth ? 1 : 0);
                break;
            case Enum or sbyte or byte or short or ushort or int or uint or long:
                raw.sqlite3_bind_int64(statement, place, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case float or double:
                raw.sqlite3_bind_double(statement, place, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case byte[] bytes:
                raw.sqlite3_bind_blob(statement, place, bytes);
                break;
            case string text:
                BindText(statement, place, text);
                break;
            default:
                BindText(statement, place, format(value));
                break;
        }
    }

    static void BindText(sqlite3_stmt statement, int place, string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw NativeProblems.NulInParameter();
        raw.sqlite3_bind_text(statement, place, (ReadOnlySpan<byte>)Encoding.UTF8.GetBytes(text));
    }

    // The lock that a statement waits for is waited for on this thread, and the wait heeds the token.
    internal static bool Step(SqliteHandle db, sqlite3_stmt statement, SqliteEngineOptions options, CancellationToken cancellationToken,
        bool hasRead = true)
    {
        cancellationToken.ThrowIfCancellationRequested();
        for (var wait = new BusyWait(options.BusyTimeout); ; wait.Pause(cancellationToken))
        {
            var result = raw.sqlite3_step(statement);
            if (result == raw.SQLITE_ROW)
                return true;
            if (result == raw.SQLITE_DONE)
                return false;
            // Waiting within a transaction that has read already could never end: the other writer waits for this one.
            if (ResultCodes.Of(result) is not ResultCode.Busy || (hasRead && db.InTransaction) || wait.IsOver)
                throw db.Error(result);
            raw.sqlite3_reset(statement);
        }
    }
}
