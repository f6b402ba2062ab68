using System.Globalization;
using Sluice.Planning;
using Sluice.Rows;

namespace Sluice.PostgreSql.Encoding;

/// <summary>What is wrong with a value that is to be stored.</summary>
static class ValueProblems
{
    static readonly Remedy AsText = new("Correct the value, or load the column as text.")
    {
        Command = "Correct the value, or create the table beforehand with a text column, and load into that.",
    };

    internal static BulkPlanException TypeMismatch(PlanColumn column, Table table) => new(
        "SLU0110",
        $"'{column.Field.Origin ?? column.Field.Name}' is {Words.Article(column.Field.ClrType)}, which column '{column.Target.Name}' {column.Target.Type} of table "
        + $"'{table.QualifiedName}' cannot hold",
        "Convert the value, or declare the column for it.");

    internal static ValueException ValueKind(string kind, in Slot slot) =>
        new($"the value is {kind}, which '{slot.Type}' cannot hold",
            "Convert the value, or declare the column for it.")
        { SqlState = "42804" };

    internal static ValueException OutOfRange<T>(in Slot slot, T value)
        where T : IFormattable =>
        new($"the number is outside the range of '{slot.Type}'", "Correct the value, or widen the column.") { SqlState = "22003", Value = Shown(value) };

    internal static ValueException NotExact<T>(in Slot slot, T value)
        where T : IFormattable =>
        new($"the whole number has more digits than '{slot.Type}' keeps",
            "Round it, or declare the column bigint or numeric.")
        { SqlState = "22003", Value = Shown(value) };

    internal static ValueException FloatDigits<T>(in Slot slot, T value)
        where T : IFormattable =>
        new($"the number has more digits than '{slot.Type}' keeps", "Round it, or declare the column numeric.") { SqlState = "22003", Value = Shown(value) };

    internal static ValueException Fraction<T>(in Slot slot, T value)
        where T : IFormattable =>
        new($"the number has a fraction, but '{slot.Type}' holds whole numbers",
            "Round it, or declare the column numeric.")
        { SqlState = "22003", Value = Shown(value) };

    internal static ValueException NotANumber(in Slot slot) =>
        new($"the text is not a number, which '{slot.Type}' needs", AsText) { SqlState = "22P02" };

    internal static ValueException NotADecimal(in Slot slot) => new(
        $"the number has more digits than a decimal, as which the driver takes values of '{slot.Type}'", "Round it, or load the columns that only the driver encodes by themselves.")
    { SqlState = "22003" };

    internal static ValueException InfiniteNumeric(in Slot slot) =>
        new($"the number is infinite, which '{slot.Type}' cannot hold",
            "Correct the value, or declare the column numeric without limits.")
        { SqlState = "22003" };

    internal static ValueException NumericWhole(in Slot slot, int digits) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"the decimal needs {digits} digits before the point, but '{slot.Type}' holds {Math.Max(0, (long)slot.Precision - slot.Scale)}"),
        "Correct the value, or widen the column.")
    { SqlState = "22003" };

    internal static ValueException NumericFraction(in Slot slot, int digits) => new(
        string.Create(CultureInfo.InvariantCulture,
            $"the decimal needs {digits} digits after the point, but '{slot.Type}' keeps {slot.Scale} and would round it"),
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
        new($"the text is none of the labels of '{slot.Type}', which are {string.Join(", ", slot.Type!.Labels!.Select(l => $"'{l}'"))}",
            "Correct the value, or add the label.")
        { SqlState = "22P02" };

    internal static ValueException DateTimeKind(in Slot slot, DateTimeKind kind) => new(
        $"the DateTime has the kind {kind}, but '{slot.Type}' needs {(slot.Kind is SqlTypeKind.TimestampTz ? "Utc" : "Unspecified or Local")}",
        slot.Kind is SqlTypeKind.TimestampTz
            ? "Convert it with ToUniversalTime, or use DateTimeOffset."
            : "Use DateTime.SpecifyKind, or declare the column timestamptz.")
    { SqlState = "22007" };

    internal static ValueException TimeDigits(in Slot slot) => new(
        string.Create(CultureInfo.InvariantCulture, $"the time has more digits than the {slot.Type!.Precision} that '{slot.Type}' keeps"),
        "Cut it, or leave ExactTimes off.")
    { SqlState = "22008" };

    internal static ValueException NulInText() =>
        new("the text holds a zero character, which the server cannot store in text",
            "Remove it, or store the value as bytea.")
        { SqlState = "22021" };

    internal static ValueException LoneSurrogate() =>
        new("the text holds half of a surrogate pair, which UTF-8 cannot hold", "Correct the text.") { SqlState = "22021" };

    internal static ValueException OtherValue(Type type) =>
        new($"the value is {Words.Article(type)}, which only the driver can encode",
            "Give the rows a type with a property of that type, so that the plan knows.")
        { SqlState = "42804" };

    static string Shown<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);
}
