using Sluice.Specification.Law;
using static Sluice.Specification.Law.LawFamily;

namespace Sluice.Sqlite.Tests;

public sealed class SqliteValueLawSpec(TestSqlite database) : ValueLawSpec(database), IClassFixture<TestSqlite>
{
    protected override IReadOnlyList<LawColumn> Columns { get; } =
    [
        new("BOOLEAN", Truth), new("INTEGER", Number), new("REAL", Number), new("DECIMAL_TEXT", Number), new("NUMERIC", Number), new("TEXT", Text), new("VARCHAR(5)", Text),
        new("BLOB", Bytes),
        // The form that Microsoft.Data.Sqlite stores is the only one.
        new("UUID", Uuid, "iif(v = upper(v), v, 'in another form: ' || v)"),
        new("DATE", Date), new("TIME", Time), new("TIMESTAMP", Timestamp), new("TIMESTAMPTZ", Timestamp), new("INTERVAL", Span),
        new("JSON_TEXT", Json), new("ANY", Anything),
    ];

    protected override IReadOnlyList<LawException> Exceptions { get; } =
    [
        new("SQLite's whole numbers end at 9223372036854775807; larger ones are stored as their bits, which Microsoft.Data.Sqlite does too.", f => f.Value is > (ulong)long.MaxValue or LawBits.All or LawBits.None && !f.Column.IsText),
        new("A property of a type of JSON is a document, in a column of texts too, and conditions are not sent as documents; such a value in a list or dictionary is the text, number or truth value that it is.",
            f => f.Type.StartsWith("Json", StringComparison.Ordinal) && !(f.Stored is not null && f.IsUntyped)),
        new("A column declared INTERVAL or JSON takes every text.", f => f.Column.Type is "INTERVAL" or "JSON_TEXT" && f.What.StartsWith("taken as", StringComparison.Ordinal)),
        new("A column of exact decimals holds texts: other numbers are read from it as decimals, floating-point ones show 17 digits there, and lists are compared as texts.",
            f => f.Column.Type is "DECIMAL_TEXT" && f.Value is not (decimal or ulong)),
        new("A decimal in a column of floating-point numbers keeps the digits that those have.", f => f is { Value: decimal, Column.Type: "REAL" }),
        new("A column declared TIME takes every span of time.", f => f is { Value: TimeSpan, Column.Type: "TIME" }),
        new("An array is stored as a text of JSON, and conditions do not compare arrays.",
            f => f.Value is System.Collections.IList and not byte[] && f.Path.StartsWith("condition", StringComparison.Ordinal)),
        new("A property of an enumeration is refused for a column of spans or documents, where a value in a list or dictionary is a text as any other.",
            f => f.Value is Enum && f.Column.Type is "INTERVAL" or "JSON_TEXT"),
        new("A list is sent as JSON, which has no infinity and no bytes; it is refused before it is sent.", f => f.Path is "condition with a list" && (f.What.Contains("SLU0611", StringComparison.Ordinal) || f.What.Contains("SLU0613", StringComparison.Ordinal))),
    ];
}
