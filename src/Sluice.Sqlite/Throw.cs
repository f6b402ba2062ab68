using System.Globalization;
using Microsoft.Data.Sqlite;
using Sluice.Planning;
using Sluice.Rows;
using Sluice.Sqlite.Schema;
using Sluice.Providers;

namespace Sluice.Sqlite;

/// <summary>The texts of this package's errors.</summary>
static class Throw
{
    internal static LoadFault NotUtf8(string column) => new(
        "SLU0154",
        $"column '{column}' has a text whose bytes are not UTF-8, so that it would arrive as another text",
        $"Correct the text, or read the column's bytes: SELECT CAST({column} AS BLOB).")
    { Column = column, SqlState = "22021" };

    internal static BulkPlanException ReservedName(Table table) => new(
        "SLU0726", $"Table '{table.QualifiedName}' cannot be created: names that begin with 'sqlite_' are SQLite's own. Name another table. Nothing was sent.");

    internal static BulkPlanException SameColumn(Table table, string one, string other) => new(
        "SLU0726",
        $"Table '{table.QualifiedName}' cannot be created: its columns '{one}' and '{other}' are one for SQLite, to which the case of letters is all one. Give one of them another name. Nothing was sent.");

    internal static BulkPlanException TooManyColumns(Table table, int most) => new(
        "SLU0726",
        string.Create(CultureInfo.InvariantCulture, $"Table '{table.QualifiedName}' cannot be created: it has {table.Columns.Count} columns, and a table of SQLite at most {most}. Make several tables of them. Nothing was sent."));

    internal static BulkPlanException OneStatement() => new(
        "SLU0155", "There is a second statement behind the query, which would not be run. Give the query alone. Nothing was sent.");

    internal static BulkPlanException OneWay(RowPath path) => new(
        "SLU0145", $"The options ask for {path}, but rows have one way into SQLite: prepared statements. Leave the way to Sluice. Nothing was sent.");

    internal static LoadFault TransactionGone() => new(
        "SLU0318", "SQLite has rolled back the whole transaction, as it does when a statement that writes is cancelled or a trigger says so", "Begin another one and do everything again.");

    internal static BulkPlanException NotInScope(string target) => new(
        "SLU0158",
        $"The call is in a TransactionScope, in which SQLite takes no part: what is written to {target} would stay though the scope is not completed. "
        + "Use a transaction of BeginAsync, and leave the scope for it by TransactionScopeOption.Suppress. Nothing was sent.");

    internal static BulkPlanException InTransaction() => new(
        "SLU0319", "The connection is in a transaction that was begun after it was attached. Attach it again, with the transaction. Nothing was sent.");

    internal static BulkPlanException BytesInList() => new(
        "SLU0613",
        "A list of bytes cannot be sent as one parameter to SQLite. Compare with a query's rows, or value by value. Nothing was sent.");

    internal static BulkPlanException NameWithNul() => new(
        "SLU0111", "A name holds a zero character, which no SQL statement can carry. Rename it. Nothing was sent.");

    internal static BulkPlanException IdentityOffKey(Table table, Column column) => new(
        "SLU0114",
        $"Column '{column.Name}' of table '{table.QualifiedName}' is numbered by the database, which SQLite does for a table's sole key only. "
        + "Make it the primary key, or supply its values. Nothing was sent.");

    internal static BulkPlanException TypeMismatch(PlanColumn column, Table table) => new(
        "SLU0110",
        $"'{column.Field.Origin ?? column.Field.Name}' is {Article(column.Field.ClrType.Name)}, but column '{column.Target.Name}' of table '{table.QualifiedName}' is "
        + $"declared {(column.Target.Type.ToString().Length == 0 ? "without a type" : column.Target.Type.ToString())}, where SQLite would store it as something else. "
        + "Convert the value, or declare the column for it. Nothing was sent.");

    internal static ValueException ValueKind(Accepts kind, Accepts column) => new(
        $"the value is {Name(kind)}, but the column takes {Name(column)}", "Convert the value, or declare the column for it.")
    { SqlState = "22000" };

    internal static ValueException TextOfAnotherKind(Accepts column) => new(
        $"the text is not {Name(column)}, which the column is declared for", "Correct the value, or declare the column as TEXT.")
    { SqlState = "22000" };

    internal static ValueException NaN() => new(
        "the number is NaN, which SQLite would store as NULL", "Supply a number, or null.")
    { SqlState = "22003" };

    internal static ValueException FractionInInteger() => new(
        "the number has a fraction, but the column is declared for whole numbers", "Round it, or declare the column REAL.")
    { SqlState = "22003" };

    internal static ValueException OutOfRange() => new(
        "the number is outside the range of whole numbers, which have 64 bits", "Correct the value, or declare the column REAL.")
    { SqlState = "22003" };

    internal static ValueException NotExact() => new(
        "the whole number has more digits than a floating-point column keeps", "Round it, or declare the column INTEGER.")
    { SqlState = "22003" };

    internal static ValueException TextBecomesNumber() => new(
        "the text looks like a number, and by its declared type the column would store that number, which prints otherwise", "Declare the column TEXT.")
    { SqlState = "22000" };

    internal static ValueException DecimalDigits() => new(
        "the decimal has more than 15 digits, of which a column with numeric affinity keeps 15", "Declare the column DECIMAL_TEXT or TEXT, or round the value.")
    { SqlState = "22003" };

    internal static ValueException NulInText() => new(
        "the text holds a zero character, where most programs end a text", "Remove it, or store the value as a BLOB.")
    { SqlState = "22021" };

    internal static ValueException LoneSurrogate() => new(
        "the text holds half of a surrogate pair, which UTF-8 cannot hold", "Correct the text.")
    { SqlState = "22021" };

    internal static LoadFault MixedForms(Table table, Column column, string what, string example) => new(
        "SLU0160",
        $"column '{column.Name}' of table '{table.QualifiedName}' is a key and holds {what} in several forms, so that one of them could stand in it twice and is not found in every form",
        $"Bring them to one form: {example}.")
    { Column = column.Name };

    internal static ValueException OffsetInKey() => new(
        "the time has an offset from UTC, but it is a key, which is stored and found as text: the same time in another offset would be another key",
        "Convert it with ToUniversalTime.")
    { SqlState = "22000" };

    internal static BulkPlanException PlainView(Table view) => new(
        "SLU0162",
        $"'{view.QualifiedName}' is a view, and has no INSTEAD OF trigger that does this. Name the table behind it, or create the trigger; an upsert needs a table. Nothing was sent.");

    internal static BulkPlanException NoTypeFor(Table table, Column column) => new(
        "SLU0163",
        $"Column '{column.Name}' of table '{table.QualifiedName}' has values of type {column.ClrType.Name}, which nothing in SQLite holds. "
        + "Convert them to a number, text or bytes, or leave them out with [NotMapped]. Nothing was created.");

    internal static LoadFault NulInParameter() => new(
        "SLU0164",
        "a parameter of the statement holds a zero character, where most programs end a text",
        "Remove it, or send the value as bytes.")
    { SqlState = "22021" };

    internal static ValueException OtherValue(Type type) => new(
        $"the value is {Article(type.Name)}, which SQLite has no type for", "Convert it to a number, text or bytes.")
    { SqlState = "22000" };

    internal static BulkException CannotOpen(string target, SqliteException inner) => new(
        "SLU0301",
        $"The database {target} cannot be opened: {Sentence(inner.Message)} Check the path, that its folder exists and may be written to, and that the file is a SQLite database. Nothing was sent.",
        inner);

    internal static BulkException LockedAtOpening(LoadFault fault) =>
        new(fault.Code, $"{fault.Problem}. {fault.Remedy} Nothing was sent.", fault.InnerException);

    internal static BulkException NotCreated(Table table, SqliteException inner) => new(
        "SLU0305",
        $"SQLite refused to create table '{table.QualifiedName}': {Plain(inner)}. Correct its description. Nothing was created.",
        inner);

    /// <param name="target">The file.</param>
    /// <param name="waited">How long it was waited for.</param>
    /// <param name="holder">Who of the same engine holds the lock; null where none does.</param>
    /// <param name="inner">What the library said.</param>
    internal static LoadFault Locked(string target, TimeSpan waited, string? holder, Exception? inner = null) => new(
        "SLU0304",
        string.Create(CultureInfo.InvariantCulture, $"{(holder is null ? "Another connection" : "Another transaction of this engine")} kept {target} locked for {waited.TotalSeconds:0.#} seconds")
        + (holder is null ? "" : $": {holder}"),
        "End the other writer's transaction, or allow more time by BusyTimeout.",
        inner)
    { SqlState = "55P03" };

    internal static LoadFault NotCarried(Exception failure, bool mayHaveRun) => new(
        "SLU0328",
        failure is InvalidCastException or NotSupportedException
            ? $"a value could not be sent or read: {failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}"
            : $"a value could not be sent or read: {failure.GetType().Name}, which the inner exception explains",
        "Send or read the value as another type.",
        failure)
    {
        OutcomeUnknown = mayHaveRun,
    };

    internal static LoadFault CommitUnknown(string target, LoadFault disk) => new(
        "SLU0307",
        $"the disk failed while {target} was to make the changes lasting, so whether it did is unknown: {(disk.InnerException as SqliteException)?.Message ?? disk.Problem}",
        "Look into the table before doing it again.",
        disk.InnerException)
    {
        OutcomeUnknown = true,
    };

    internal static LoadFault TimedOut(TimeSpan allowed, Exception stopped) => new(
        "SLU0312",
        string.Create(CultureInfo.InvariantCulture, $"The statement was stopped, because it ran for more than {allowed.TotalSeconds:0.###} seconds"),
        "Allow more time by StatementTimeout, or do less at a time.",
        stopped)
    { SqlState = "57014" };

    /// <summary>What the engine itself refused.</summary>
    internal static LoadFault Refused(SqliteException failure, long? rowOrdinal, string? location) => (failure.SqliteErrorCode & 0xff) switch
    {
        19 => Constraint(failure, rowOrdinal, location),
        20 => Row(failure, rowOrdinal, location, "22000", "Correct the value."),
        18 => Row(failure, rowOrdinal, location, "54000", "Make the value smaller."),
        13 => new LoadFault("SLU0306", $"The disk or the database file is full: {failure.Message}", "Free some space and load again.", failure) { SqlState = "53100" },
        8 => new LoadFault("SLU0311", $"the database is read-only: {Plain(failure)}", "Make the file and its folder writable, or write to another one.", failure) { SqlState = "25006" },
        10 => new LoadFault("SLU0332", $"SQLite could not read or write the file: {Plain(failure)}", "Look at the disk and the file, and do it again.", failure) { SqlState = "58030" },
        11 or 26 => new LoadFault("SLU0331", $"the file is damaged, or no database: {Plain(failure)}", "Let 'PRAGMA integrity_check' tell what is left, and restore it from a copy.", failure) { SqlState = "XX001" },
        _ => new LoadFault("SLU0305", $"SQLite refused it: {failure.Message}", "See the inner exception for SQLite's result code.", failure),
    };

    static LoadFault Row(SqliteException failure, long? rowOrdinal, string? location, string state, string remedy) =>
        new("SLU0202", $"SQLite refused the row: {Plain(failure)}", remedy, failure) { IsRow = true, RowOrdinal = rowOrdinal, Location = location, SqlState = state };

    // "SQLite Error 19: 'UNIQUE constraint failed: metrics.device_id, metrics.ts'."
    static LoadFault Constraint(SqliteException failure, long? rowOrdinal, string? location)
    {
        var text = Plain(failure);
        var columns = text.Contains(": ", StringComparison.Ordinal) ? text[(text.IndexOf(": ", StringComparison.Ordinal) + 2)..] : null;
        var (state, remedy) = failure.SqliteExtendedErrorCode switch
        {
            1555 or 2067 or 2579 => ("23505", "Another row of the table or of the load has this key: remove one of them."),
            1299 => ("23502", "Supply a value, or leave the column out to use its default."),
            275 => ("23514", "Correct the value, or the CHECK constraint."),
            787 => ("23503", "Load the row that it refers to first."),
            3091 => ("22000", "Correct the value: the table is STRICT."),
            _ => ("23000", "Correct the row, or the constraint."),
        };
        return new LoadFault("SLU0201", $"the row breaks a constraint: {text}", remedy, failure)
        {
            IsRow = true,
            RowOrdinal = rowOrdinal,
            Location = location,
            SqlState = state,
            Constraint = columns,
            Column = failure.SqliteExtendedErrorCode is 1299 && columns is not null ? columns[(columns.LastIndexOf('.') + 1)..] : null,
        };
    }

    static string Plain(SqliteException failure)
    {
        var text = failure.Message;
        var start = text.IndexOf('\'', StringComparison.Ordinal);
        return start < 0 ? text : text[(start + 1)..].TrimEnd('.').TrimEnd('\'');
    }

    static string Name(Accepts kind)
    {
        if (kind == Accepts.Anything) return "any value";
        return string.Join(" or ", Enum.GetValues<Accepts>()
            .Where(k => k is not Accepts.Nothing and not Accepts.Anything && (kind & k) != 0)
            .Select(k => k switch
            {
                Accepts.Integer => "a whole number",
                Accepts.Boolean => "a truth value",
                Accepts.Real => "a floating-point number",
                Accepts.Decimal => "a decimal number",
                Accepts.Text => "text",
                Accepts.Uuid => "a UUID",
                Accepts.Date => "a date",
                Accepts.Time => "a time of day",
                Accepts.Timestamp => "a timestamp",
                Accepts.Span => "a time span",
                Accepts.Array => "a list",
                _ => "bytes",
            }));
    }

    static string Article(string noun) => ("AEIOUaeiou".Contains(noun[0], StringComparison.Ordinal) ? "an " : "a ") + noun;

    static string Sentence(string text) => text.TrimEnd('.') + ".";
}
