using Sluice.Specification.Law;
using static Sluice.Specification.Law.LawFamily;

namespace Sluice.PostgreSql.Tests;

public abstract class PostgresValueLawSpec(TestPostgres database) : ValueLawSpec(database)
{
    protected override IReadOnlyList<LawColumn> Columns { get; } =
    [
        new("boolean", Truth, "v::text"),
        .. Of(Number, "smallint", "integer", "bigint", "real", "double precision", "numeric", "numeric(6,2)"),
        .. Of(Text, "text", "varchar(5)", "char(5)"),
        new("bytea", Bytes),
        new("uuid", Uuid, "v::text"),
        new("date", Date, "v::text"),
        .. Of(Time, "time", "time(3)"),
        new("timetz", ZonedTime, "v::text"),
        .. Of(Timestamp, "timestamp", "timestamp(3)"),
        new("timestamptz", Timestamp, "(v AT TIME ZONE 'UTC')::text"),
        new("timestamptz(0)", Timestamp, "(v AT TIME ZONE 'UTC')::text"),
        new("interval", Span, "extract(epoch FROM v)::text"),
        new("interval(2)", Span, "extract(epoch FROM v)::text"),
        .. Of(Json, "json", "jsonb"),
        new("law_color", Label, "v::text"),
        new("integer[]", LawFamily.Array, "to_json(v)::text"),
        new("text[]", LawFamily.Array, "to_json(v)::text"),
    ];

    protected override IReadOnlyList<LawPath> MorePaths { get; } = [LawPath.By(RowPath.Arrays), LawPath.By(RowPath.Staging)];

    protected override IReadOnlyList<LawException> Exceptions { get; } =
    [
        new("The ticks of .NET's times are stored with the digits that the column has, as the driver and SaveChanges store them; ExactTimes refuses them.",
            f => f.Stored is not null && LawTimes.Kept(f.Value, Digits(f.Column)) is { } kept && (f.Stored == Meaning.Of(kept, f.Column.Family) || (f.Column.Family is ZonedTime && LawTimes.HasMore(f.Value, 6) && f.Stored[..15] == ((DateTimeOffset)f.Value!).ToString("HH':'mm':'ss.ffffff", System.Globalization.CultureInfo.InvariantCulture)))),
        new("A condition compares with the time that it is given: one with more digits than the column keeps equals none that is stored.",
            f => f.Path.StartsWith("condition", StringComparison.Ordinal) && LawTimes.HasMore(f.Value, Digits(f.Column))),
        new("A DateTime beside a point in time must be UTC; the two that stand for infinity are taken otherwise too.",
            f => f is { Path: "condition of order", Value: DateTime } && f.What.Contains("SLU0156", StringComparison.Ordinal)),
        new("A table that is described in C# says by a property's type what its column is, where TypeName does not: a DateTime is a point in time, and a decimal an exact number.",
            f => f.Path.StartsWith("related rows", StringComparison.Ordinal)
                && ((f.Value is DateTime && !f.Column.Type.StartsWith("timestamptz", StringComparison.Ordinal)) || (f.Value is DateTimeOffset && f.Column.Family is ZonedTime) || (f.Value is decimal && f.Column.IsFloat))),
        new("The last half of a time(3)'s unit is rounded to the end of the day, which no TimeOnly is; the server and the driver have it so.",
            f => f is { IsReading: true, Value: TimeOnly } && f.Value.Equals(TimeOnly.MaxValue)),
        new("The longest TimeSpan is rounded to more than the longest one.", f => f.Value is TimeSpan span && span == TimeSpan.MaxValue && Digits(f.Column) < 6),
        new(".NET's first and last day and time stand for infinity, as they do to the driver.", f => f.Stored is "infinity" or "-infinity"),
        new("Blanks at the end of a char(n) are no part of its value, and it is read with all of them.",
            f => f.Column.Type is "char(5)" && f.Stored is { } stored && stored.TrimEnd(' ') == f.Value!.ToString()!.TrimEnd(' ')),
        new("A property of a type of JSON is a document, in a column of texts too; such a value in a list or dictionary is the text, number or truth value that it is.",
            f =>
                f.Type.StartsWith("Json", StringComparison.Ordinal)
                    && (f.What.StartsWith("refused, and taken by insert of lists", StringComparison.Ordinal) || (f.Stored is ['\"', ..] or "null" && !f.IsUntyped) || f.What.Contains("the value is null", StringComparison.Ordinal) || f.What.StartsWith("the rows are", StringComparison.Ordinal))),
        new("A text property goes into no column of dates and times; infinity, which no .NET time is, comes as text among values without a declared type.",
            f => f.Value is "infinity" && f.What.Contains("refused, and taken by insert of lists", StringComparison.Ordinal)),
        new("An empty list has no element that its column would refuse.", f => f.Value is System.Collections.ICollection { Count: 0 } && f.What.StartsWith("refused, and taken", StringComparison.Ordinal)),
        new("The driver reads numeric as decimal: what none holds is read as text or by a query's cast.",
            f =>
                f is { IsReading: true, Value: float or double, Column.Type: ['n', 'u', ..] }
                    && f.What.Contains("Exception", StringComparison.Ordinal)),
        new("A column of arrays is compared with one array, not with a list of them.", f => f is { Path: "condition with a list", Column.Family: LawFamily.Array }),
    ];

    static int Digits(LawColumn column) => column.Type.IndexOf('(', StringComparison.Ordinal) is > 0 and var at ? column.Type[at + 1] - '0' : 6;

    static IEnumerable<LawColumn> Of(LawFamily family, params string[] types) => types.Select(t => new LawColumn(t, family, "v::text"));

    protected override Task PrepareAsync() => Database.ExecuteAsync("DO $$ BEGIN CREATE TYPE law_color AS ENUM ('Red', 'Green'); EXCEPTION WHEN duplicate_object THEN NULL; END $$");
}

public sealed class Postgres15ValueLawSpec(Postgres15 database) : PostgresValueLawSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ValueLawSpec(Postgres18 database) : PostgresValueLawSpec(database), IClassFixture<Postgres18>;

public sealed class Postgres15JsonValuesSpec(Postgres15 database) : JsonValuesSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18JsonValuesSpec(Postgres18 database) : JsonValuesSpec(database), IClassFixture<Postgres18>;
