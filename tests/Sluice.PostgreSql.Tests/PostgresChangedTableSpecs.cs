using Sluice.Specification.Changes;

namespace Sluice.PostgreSql.Tests;

public abstract class PostgresChangedTableSpec(TestPostgres database) : ChangedTableSpec(database)
{
    protected override string Undo => """
        DO $$ BEGIN IF (SELECT relkind = 'v' FROM pg_class WHERE oid = to_regclass('changing')) THEN DROP VIEW changing; END IF; END $$;
        DROP TABLE IF EXISTS other, behind, changing CASCADE;
        DROP FUNCTION IF EXISTS swallow();
        """;

    [Theory]
    [InlineData("ALTER TABLE changing ALTER price TYPE numeric(6,2)", "x")]
    [InlineData("ALTER TABLE changing ALTER price TYPE integer", "x")]
    [InlineData("ALTER TABLE changing ALTER seen TYPE date USING seen::date", "2024-05-06")]
    [InlineData("ALTER TABLE changing ALTER seen TYPE timestamptz USING seen::timestamptz", "2024-05-06 07:08:09")]
    [InlineData("ALTER TABLE changing ALTER seen TYPE varchar(3) USING 'a'", "much too long")]
    public Task A_column_of_another_type(string change, string seen) => IsNoticedAsync(change, seen);

    // No value is rewritten, and no key goes.
    [Theory]
    [InlineData("ALTER TABLE changing RENAME price TO other; ALTER TABLE changing RENAME code TO price; ALTER TABLE changing RENAME other TO code")]
    [InlineData("ALTER TABLE changing RENAME id TO other; ALTER TABLE changing RENAME code TO id; ALTER TABLE changing RENAME other TO code")]
    public Task Columns_that_took_each_other_s_names(string change) => IsNoticedAsync(change);

    [Fact]
    public Task A_key_that_moved() => IsNoticedAsync("ALTER TABLE changing DROP CONSTRAINT changing_pkey, ADD UNIQUE (id), DROP CONSTRAINT changing_code_key, ADD PRIMARY KEY (code)");

    [Fact]
    public Task A_trigger_that_swallows_rows() => IsNoticedAsync(
        "CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; CREATE TRIGGER swallow BEFORE INSERT OR UPDATE OR DELETE ON changing FOR EACH ROW EXECUTE FUNCTION swallow()");

    [Fact]
    public Task A_trigger_that_swallows_rows_beside_a_foreign_key_s() => IsNoticedAsync(
        "CREATE TABLE other (id int REFERENCES changing); CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$; "
        + "CREATE TRIGGER swallow BEFORE INSERT OR UPDATE OR DELETE ON changing FOR EACH ROW EXECUTE FUNCTION swallow()");

    [Fact]
    public Task A_table_of_partitions() => IsNoticedAsync(
        "DROP TABLE changing; CREATE TABLE changing (id int PRIMARY KEY, code int NOT NULL, price numeric(6,2), seen text) PARTITION BY RANGE (id); "
        + "CREATE TABLE behind PARTITION OF changing DEFAULT; INSERT INTO changing VALUES (10, 20, 1, ''), (11, 21, 2, '')");

    [Fact]
    public Task A_table_that_became_a_view() => IsNoticedAsync(
        "ALTER TABLE changing RENAME TO behind; CREATE VIEW changing AS SELECT id, code, price::numeric(6,2) AS price, seen FROM behind");
}

public sealed class Postgres15ChangedTableSpec(Postgres15 database) : PostgresChangedTableSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18ChangedTableSpec(Postgres18 database) : PostgresChangedTableSpec(database), IClassFixture<Postgres18>;
