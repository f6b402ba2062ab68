using Sluice.Planning;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Sqlite.Schema;

/// <summary>What is wrong with a value that is to be stored or sent, or with the values of a column.</summary>
static class ValueProblems
{
    internal static BulkPlanException TypeMismatch(PlanColumn column, Table table) => new(
        "SLU0110",
        $"'{column.Field.Origin ?? column.Field.Name}' is {Words.Article(column.Field.ClrType)}, but column '{column.Target.Name}' of table '{table.QualifiedName}' is "
        + $"declared {(column.Target.Type.ToString().Length == 0 ? "without a type" : column.Target.Type.ToString())}, where SQLite would store it as something else",
        "Convert the value, or declare the column for it.");

    internal static BulkPlanException OneWay(RowPath path) => new(
        "SLU0145", $"The options ask for {path}, but rows have one way into SQLite: prepared statements", "Leave the way to Sluice.");

    internal static BulkPlanException BytesInList() => new(
        "SLU0613", "A list of bytes cannot be sent as one parameter to SQLite", "Compare with a query's rows, or value by value.");

    internal static LoadFault MixedForms(Table table, Column column, string what, string example) => new(
        "SLU0160",
        $"column '{column.Name}' of table '{table.QualifiedName}' is a key and holds {what} in several forms, so that one of them could stand in it twice and is not found in every form",
        $"Bring them to one form: {example}.")
    { Column = column.Name };

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

    internal static ValueException OffsetInKey() => new(
        "the time has an offset from UTC, but it is a key, which is stored and found as text: the same time in another offset would be another key",
        "Convert it with ToUniversalTime.")
    { SqlState = "22000" };

    internal static ValueException OtherValue(Type type) => new(
        $"the value is {Words.Article(type)}, which SQLite has no type for", "Convert it to a number, text or bytes.")
    { SqlState = "22000" };

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
}
