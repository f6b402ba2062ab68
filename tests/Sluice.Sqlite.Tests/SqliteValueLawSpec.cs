using Sluice.Specification.Law;
using static Sluice.Specification.Law.LawFamily;

namespace Sluice.Sqlite.Tests;

public sealed class SqliteValueLawSpec(TestSqlite database) : ValueLawSpec(database), IClassFixture<TestSqlite>
{
    protected override IReadOnlyList<LawColumn> Columns { get; } =
    [
        new("BOOLEAN", Truth), new("INTEGER", Number), new("REAL", Number), new("DECIMAL_TEXT", Number), new("NUMERIC", Number), new("TEXT", Text), new("VARCHAR(5)", Text),
        new("BLOB", Bytes), new("UUID", Uuid), new("DATE", Date), new("TIME", Time), new("TIMESTAMP", Timestamp), new("TIMESTAMPTZ", Timestamp), new("INTERVAL", Span),
        new("JSON_TEXT", Json), new("ANY", Anything),
    ];

    protected override IReadOnlyList<LawException> Exceptions { get; } = [];
}

public sealed class SqliteJsonValuesSpec(TestSqlite database) : JsonValuesSpec(database), IClassFixture<TestSqlite>;
