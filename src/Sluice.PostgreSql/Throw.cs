using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;
using Sluice.Planning;
using Sluice.PostgreSql.Encoding;
using Sluice.PostgreSql.Pooling;
using Sluice.Rows;
using Sluice.Providers;

namespace Sluice.PostgreSql;

/// <summary>The texts of this package's errors.</summary>
static class Throw
{
    /// <param name="column">The column.</param>
    /// <param name="days">From 2000-01-01.</param>
    internal static LoadFault BeyondCalendar(string column, long days) =>
        BeyondType(column, "a date of the year " + Reading.YearText.Of(days), "the years 1 to 9999 are all that .NET's calendar has", "Leave the row out, or cast it in the query");

    internal static LoadFault BeyondType(string column, string held, string limit, string remedy) => new(
        "SLU0147",
        $"column '{column}' holds {held}, and {limit}",
        $"{remedy}; as text it is read whole: {column}::text.");

    internal static BulkPlanException SystemColumn(Table table, Column column) => new(
        "SLU0726",
        $"Table '{table.QualifiedName}' cannot be created: every table of PostgreSQL has a system column '{column.Name}' already. Give the column another name. Nothing was sent.");

    internal static BulkPlanException TooManyColumns(Table table, int most) => new(
        "SLU0726",
        string.Create(CultureInfo.InvariantCulture, $"Table '{table.QualifiedName}' cannot be created: it has {table.Columns.Count} columns, and a table of PostgreSQL at most {most}. Make several tables of them. Nothing was sent."));

    internal static BulkPlanException NameWithNul() => new(
        "SLU0111", "A name holds a zero character, which no SQL statement can carry. Rename it. Nothing was sent.");

    internal static BulkPlanException NameTooLong(string name) => new(
        "SLU0112",
        $"The name '{name}' takes {System.Text.Encoding.UTF8.GetByteCount(name)} bytes, but the server keeps 63 and cuts off the rest. Use a shorter name. Nothing was sent.");

    internal static BulkPlanException NoColumnType(Table table, Column column) => new(
        "SLU0170",
        $"Column '{column.Name}' of table '{table.QualifiedName}' is {Article(TypeName(column.ClrType))}, for which no type of a new column is known. "
        + "State it by [Column(TypeName = \"…\")]. Nothing was created.");

    internal static BulkPlanException TypeMismatch(PlanColumn column, Table table) => new(
        "SLU0110",
        $"'{column.Field.Origin ?? column.Field.Name}' is {Article(TypeName(column.Field.ClrType))}, which column '{column.Target.Name}' {column.Target.Type} of table "
        + $"'{table.QualifiedName}' cannot hold. Convert the value, or declare the column for it. Nothing was sent.");

    internal static BulkPlanException CannotCopy(Table table, string what) => new(
        "SLU0113",
        $"COPY cannot write to '{table.QualifiedName}', because it is {what}. Load into a plain table and insert from there. Nothing was sent.");

    internal static BulkPlanException NeedsStaging(Table table, string operation, string? column) => new(
        "SLU0137",
        $"The role may not create temporary tables, which a {operation} of '{table.QualifiedName}' needs{(column is null ? "" : $" for column '{column}', whose type cannot go in an array")}. "
        + "Grant TEMP on the database. Nothing was sent.");

    internal static BulkPlanException NotOnSpread(BulkPlan plan, LoadFault refused) => new(
        "SLU0340",
        $"The server keeps '{plan.Table.QualifiedName}' on several servers and cannot run the {plan.Operation} there: {((PostgresException)refused.InnerException!).MessageText}. "
        + "Send a value instead of calling a function, and leave the column that rows are spread by as it is. Nothing was sent.",
        refused.InnerException);

    internal static BulkPlanException NotByStaging(Table table, string operation, Column? column) => new(
        "SLU0341",
        $"A {operation} of '{table.QualifiedName}', which each of several servers has, needs its rows in arrays, "
        + (column is null ? "but the options ask for staging. Leave the way to Sluice." : $"in which column '{column.Name}' {column.Type} cannot go. Leave it out, or change its type.")
        + " Nothing was sent.");

    internal static BulkPlanException NotNumbered(Table table, Column column) => new(
        "SLU0138",
        $"PostgreSQL would not say which row got which '{column.Name}': the rows bring no unique key of '{table.QualifiedName}', and it has no identity or serial column that could tell them apart. "
        + "Let the rows bring a key, or give the table an identity column. Nothing was sent.");

    internal static BulkPlanException NotByArrays(Table table, string operation, string? column) => new(
        "SLU0139",
        $"The options ask for arrays, but {(column is null ? $"a {operation} needs all rows at once" : $"column '{column}' of '{table.QualifiedName}' cannot go in one")}. "
        + "Leave the way to Sluice. Nothing was sent.");

    internal const string NotCarriedCode = "SLU0328";

    // The driver's words for a value of another type name types and columns; those for a value that it cannot read may repeat it.
    internal static LoadFault NotCarried(Exception failure, bool mayHaveRun = false) => new(
        NotCarriedCode,
        failure is InvalidCastException or ArgumentException or NotSupportedException
            ? $"a value could not be sent or read: {failure.Message.ReplaceLineEndings(" ").TrimEnd('.')}"
            : $"the driver could not send or read it: {failure.GetType().Name}, which the inner exception explains",
        "Send or read the value as another type.",
        failure)
    {
        OutcomeUnknown = mayHaveRun,
    };

    internal static BulkPlanException ParameterKind(DateTimeKind kind, SqlType type) => new(
        "SLU0156",
        $"A parameter is a DateTime of the kind {kind}, but '{type}' needs {((type.Element ?? type).Kind is SqlTypeKind.TimestampTz ? "Utc" : "Unspecified or Local")}. "
        + ((type.Element ?? type).Kind is SqlTypeKind.TimestampTz ? "Convert it with ToUniversalTime, or use DateTimeOffset." : "Use DateTime.SpecifyKind, or declare the column timestamptz.")
        + " Nothing was sent.");

    internal static LoadFault StatementUnknown(string target, Exception failure) => new(
        "SLU0307",
        $"the connection to {target} was lost before the server's answer came, so whether the statement was carried out is unknown",
        "Look into the table before running it again.",
        failure)
    {
        OutcomeUnknown = true,
        SqlState = "08007",
    };

    internal static ObjectDisposedException SourceDisposed(Exception inner) => new(
        "The data source or the engine was disposed. Keep it for as long as it is used.", inner);

    internal static BulkException NotEnlisted(Exception failure) => new(
        "SLU0330",
        $"The connection cannot take part in the TransactionScope: {failure.Message.TrimEnd('.')}. Open it within the scope, or dispose what is open on it before. Nothing was sent.",
        failure);

    internal static LoadFault BegunSince(Exception failure) => new(
        "SLU0319",
        "the connection is in a transaction that was begun after it was attached, or that Sluice was not told of",
        "Attach it again, with the transaction.",
        failure);

    internal static LoadFault NewType(string column) => new(
        "SLU0322",
        $"column '{column}' has a type that was made after the connection's types were read, and the statement, which may write, has been run",
        "The types have been read again: run it once more if it only reads, or look at what it wrote.")
    { OutcomeUnknown = true };

    internal static LoadFault TableChanged(Table table) => new(
        "SLU0321", $"table '{table.QualifiedName}' has changed since the load began, and its rows were made for the table as it was", "Load again.");

    internal static LoadFault AllPrepared(string target) => new(
        "SLU0320",
        $"the connection to {target} leads through a pooler that gives each transaction another of the server's processes, and the driver is told to prepare every statement, which would be run by its name as another client's",
        "Say 'Max Auto Prepare=0' or 'Auto Prepare Min Usages=2' in the connection string of the data source.");

    internal static BulkException NothingSent(LoadFault fault) => new(
        fault.Code, $"{char.ToUpperInvariant(fault.Problem[0])}{fault.Problem[1..]}. {fault.Remedy} Nothing was sent.", fault.InnerException);

    internal static LoadFault OutcomeUnknown(string target, Exception failure) => new(
        "SLU0307", $"the connection to {target} was lost during COMMIT, so its outcome is unknown", "Look into the table before loading again.", failure)
    {
        OutcomeUnknown = true,
        SqlState = "08007",
    };

    internal static BulkPlanException NotCounted(Table table) => new(
        "SLU0344",
        $"A trigger of '{table.QualifiedName}' may leave rows out, and the server would not say how many: the role may not create temporary tables, and track_counts is off. "
        + "Grant TEMP on the database, or turn track_counts on. Nothing was sent.");

    internal static LoadFault CommittedInPart(PostgresException failure) => new(
        "SLU0342",
        $"the servers that the rows went to commit one after another, and it was refused on the way: {failure.MessageText}",
        "Look into the table on each of them before loading again: what one has committed stays.",
        failure)
    {
        OutcomeUnknown = true,
        SqlState = failure.SqlState,
    };

    internal static LoadFault Uncounted(Table table, int rows) => new(
        "SLU0309",
        string.Create(CultureInfo.InvariantCulture, $"{rows} rows were written to '{table.QualifiedName}', but the server counts other changes of it in the same statement")
        + ", so how many were new is not known",
        "Check the table: a default or a reference may change it too.")
    {
        OutcomeUnknown = true,
    };

    internal static LoadFault KeyChanged(Table table, IReadOnlyList<Column> key) => new(
        "SLU0208",
        $"rows of '{table.QualifiedName}' were stored with another ({string.Join(", ", key.Select(c => c.Name))}) than they were sent with, so nothing tells which is which",
        "A trigger changes the key; insert without returning, or take the change out of the trigger.");

    internal static LoadFault SameKey(BulkPlan plan, long first, long second, string? location) => new LoadFault(
        "SLU0226",
        string.Create(CultureInfo.InvariantCulture, $"the row has a key ({string.Join(", ", plan.Key.Select(c => $"{c.Name} {c.Type}"))}) that the server takes for the one of row {first + 1}, though its text is another"),
        "Remove one of them, or give both one spelling: Duplicates chooses among rows of the same text only.")
    { SqlState = "21000" }.At(second, location);

    internal static BulkPlanException NotInArray(Table table, Column column) => new(
        "SLU0139", $"Column '{column.Name}' {column.Type} of '{table.QualifiedName}' cannot go in an array, and the role may not create temporary tables, of which rows that are returned need one or the other. "
        + "Grant TEMP on the database, or write the rows without returning. Nothing was sent.");

    internal static ValueException ValueKind(string kind, in Slot slot) =>
        new($"the value is {kind}, which '{slot.Type}' cannot hold", "Convert the value, or declare the column for it.") { SqlState = "42804" };

    internal static ValueException OutOfRange<T>(in Slot slot, T value)
        where T : IFormattable =>
        new($"the number is outside the range of '{slot.Type}'", "Correct the value, or widen the column.") { SqlState = "22003", Value = Shown(value) };

    internal static ValueException NotExact<T>(in Slot slot, T value)
        where T : IFormattable =>
        new($"the whole number has more digits than '{slot.Type}' keeps", "Round it, or declare the column bigint or numeric.") { SqlState = "22003", Value = Shown(value) };

    internal static ValueException FloatDigits<T>(in Slot slot, T value)
        where T : IFormattable =>
        new($"the number has more digits than '{slot.Type}' keeps", "Round it, or declare the column numeric.") { SqlState = "22003", Value = Shown(value) };

    internal static ValueException Fraction<T>(in Slot slot, T value)
        where T : IFormattable =>
        new($"the number has a fraction, but '{slot.Type}' holds whole numbers", "Round it, or declare the column numeric.") { SqlState = "22003", Value = Shown(value) };

    internal static ValueException NotANumber(in Slot slot) =>
        new($"the text is not a number, which '{slot.Type}' needs", "Correct the value, or load the column as text.") { SqlState = "22P02" };

    internal static ValueException NotADecimal(in Slot slot) => new(
        $"the number has more digits than a decimal, as which the driver takes values of '{slot.Type}'", "Round it, or load the columns that only the driver encodes by themselves.")
    { SqlState = "22003" };

    internal static ValueException InfiniteNumeric(in Slot slot) =>
        new($"the number is infinite, which '{slot.Type}' cannot hold", "Correct the value, or declare the column numeric without limits.") { SqlState = "22003" };

    internal static ValueException NumericWhole(in Slot slot, int digits) => new(
        string.Create(CultureInfo.InvariantCulture, $"the decimal needs {digits} digits before the point, but '{slot.Type}' holds {Math.Max(0, (long)slot.Precision - slot.Scale)}"),
        "Correct the value, or widen the column.")
    { SqlState = "22003" };

    internal static ValueException NumericFraction(in Slot slot, int digits) => new(
        string.Create(CultureInfo.InvariantCulture, $"the decimal needs {digits} digits after the point, but '{slot.Type}' keeps {slot.Scale} and would round it"),
        "Round it, or widen the column.")
    { SqlState = "22003" };

    internal static ValueException TooLong(in Slot slot, int characters) => new(
        string.Create(CultureInfo.InvariantCulture, $"the text has {characters} characters, but '{slot.Type}' holds {slot.Length}"),
        "Shorten it, or widen the column.")
    { SqlState = "22001" };

    internal static ValueException NameTooLong(in Slot slot, int bytes) => new(
        string.Create(CultureInfo.InvariantCulture, $"the text takes {bytes} bytes, but '{slot.Type}' holds {slot.Length}"),
        "Shorten it, or declare the column text.")
    { SqlState = "22001" };

    internal static ValueException NoSuchLabel(in Slot slot) =>
        new($"the text is none of the labels of '{slot.Type}', which are {string.Join(", ", slot.Type!.Labels!.Select(l => $"'{l}'"))}", "Correct the value, or add the label.") { SqlState = "22P02" };

    internal static ValueException DateTimeKind(in Slot slot, DateTimeKind kind) => new(
        $"the DateTime has the kind {kind}, but '{slot.Type}' needs {(slot.Kind is SqlTypeKind.TimestampTz ? "Utc" : "Unspecified or Local")}",
        slot.Kind is SqlTypeKind.TimestampTz ? "Convert it with ToUniversalTime, or use DateTimeOffset." : "Use DateTime.SpecifyKind, or declare the column timestamptz.")
    { SqlState = "22007" };

    internal static ValueException TimeDigits(in Slot slot) => new(
        string.Create(CultureInfo.InvariantCulture, $"the time has more digits than the {slot.Type!.Precision} that '{slot.Type}' keeps"),
        "Cut it, or leave ExactTimes off.")
    { SqlState = "22008" };

    internal static ValueException NulInText() =>
        new("the text holds a zero character, which the server cannot store in text", "Remove it, or store the value as bytea.") { SqlState = "22021" };

    internal static ValueException LoneSurrogate() =>
        new("the text holds half of a surrogate pair, which UTF-8 cannot hold", "Correct the text.") { SqlState = "22021" };

    internal static ValueException OtherValue(Type type) =>
        new($"the value is {Article(TypeName(type))}, which only the driver can encode", "Give the rows a type with a property of that type, so that the plan knows.") { SqlState = "42804" };

    internal static ArgumentException Contradiction(string option, string key, string value) => new(
        $"{option} says one thing, and '{key}={value}' in the connection string another. Say it in one place.", option);

    // What else the Options set is nobody's business.
    internal static ArgumentException ContradictionInOptions(string option, string setting) => new(
        $"{option} says one thing, and '{setting}' among the Options of the connection string another. Say it in one place.", option);

    internal static ArgumentException BadConnectionString(string parameter) => new(
        "The connection string has a value that the driver cannot read, as a host with half of its brackets or a port that is no number. Correct it.", parameter);

    internal static BulkException PoolExhausted(string target, int size, int overflow, int used, TimeSpan waited, Lease? oldest) => new(
        "SLU0313",
        string.Create(
            CultureInfo.InvariantCulture,
            $"All {size + overflow} connections to {target} were in use for {waited.TotalSeconds:0.#} seconds: {used} lent, of a pool of {size} and an overflow of {overflow}.")
        + (oldest is null ? "" : string.Create(
            CultureInfo.InvariantCulture,
            $" The oldest is held by {oldest.Use} since {Stopwatch.GetElapsedTime(oldest.Since).TotalSeconds:0.#} seconds."))
        + " Dispose what is not used any more, or allow more by PoolSize and MaxOverflow. Nothing was sent.");

    internal static BulkException CannotConnect(string target, Exception inner) => inner switch
    {
        // The driver has no other sign for it.
        NpgsqlException { InnerException: TimeoutException } busy when busy.Message.Contains("'Max Pool Size'", StringComparison.Ordinal) => new(
            "SLU0313",
            $"All connections that the data source may have to {target} were in use for as long as it waits. "
            + "Dispose what is not used any more, or allow more by 'Maximum Pool Size' in its connection string. Nothing was sent.",
            inner),
        PostgresException { SqlState: ['2', '8', ..] } refused => new(
            "SLU0302", $"{target} refused the login: {refused.MessageText}. Check the user name and the password. Nothing was sent.", inner),
        PostgresException { SqlState: "3D000" } missing => new(
            "SLU0302", $"{target} has no such database: {missing.MessageText}. Check the name, or create it. Nothing was sent.", inner),
        PostgresException refused => new(
            "SLU0301", $"{target} refused the connection: {refused.MessageText}. Nothing was sent.", inner),
        _ => new(
            "SLU0301",
            $"{target} cannot be reached: {(inner.GetBaseException() as SocketException)?.Message ?? inner.Message}. Check host and port, and that the server runs. Nothing was sent.",
            inner),
    };

    internal static BulkException Refused(string action, PostgresException failure) => new(
        failure.SqlState is "42501" ? "SLU0310" : "SLU0305",
        $"The server refused {action}: {failure.MessageText}.{(failure.Hint is null ? "" : " " + failure.Hint)} Nothing was sent.",
        failure);

    static string Shown<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    static string TypeName(Type type) => Nullable.GetUnderlyingType(type)?.Name ?? type.Name;

    static string Article(string noun) => ("AEIOUaeiou".Contains(noun[0], StringComparison.Ordinal) ? "an " : "a ") + noun;
}
