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

    protected override IReadOnlyList<LawException> Exceptions { get; } = [];

    static IEnumerable<LawColumn> Of(LawFamily family, params string[] types) => types.Select(t => new LawColumn(t, family, "v::text"));

    protected override Task PrepareAsync() => Database.ExecuteAsync("DO $$ BEGIN CREATE TYPE law_color AS ENUM ('Red', 'Green'); EXCEPTION WHEN duplicate_object THEN NULL; END $$");
}

public sealed class Postgres15ValueLawSpec(Postgres15 database) : PostgresValueLawSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ValueLawSpec(Postgres18 database) : PostgresValueLawSpec(database), IClassFixture<Postgres18>;
