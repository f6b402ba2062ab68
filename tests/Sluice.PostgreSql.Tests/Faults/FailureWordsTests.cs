using Npgsql;
using Sluice.Specification.Faults;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Faults;

/// <summary>What is said of failures that the driver has words of its own for.</summary>
public sealed class FailureWordsTests(Postgres18 database) : IClassFixture<Postgres18>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_time_of_another_kind_than_its_column_s_is_refused_before_anything_is_sent()
    {
        database.Require();
        var utc = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var at = new Column<DateTime>("at", new SqlType(SqlTypeKind.TimestampTz));
        var clock = new Column<DateTime>("clock", new SqlType(SqlTypeKind.Timestamp));
        var table = new Table("seen_times", null, [at, clock], []);
        await database.ExecuteAsync("DROP TABLE IF EXISTS seen_times; CREATE TABLE seen_times (at timestamptz, clock timestamp)");
        var local = DateTime.SpecifyKind(utc, DateTimeKind.Local);
        async Task<string> CodeOf(SqlStatement statement) => (await Assert.ThrowsAsync<BulkPlanException>(() => database.Engine.ExecuteAsync(statement, Stop))).Code;

        Assert.Equal("SLU0156", await CodeOf(InsertInto(table).Columns(at).Values(new SqlExpr[] { Param(local) })));
        Assert.Equal("SLU0156", await CodeOf(InsertInto(table).Columns(clock).Values(new SqlExpr[] { Param(utc) })));
        Assert.Equal("SLU0156", await CodeOf(Update(table).Set(table.Column<DateTime>("at"), Param(local)).All()));
        Assert.Equal("SLU0156", await CodeOf(DeleteFrom(table).Where(table.Column<DateTime>("at").In(utc, local))));
        Assert.Equal(1, await database.Engine.ExecuteAsync(InsertInto(table).Columns(at, clock).Values(Param(utc), Param(local)), Stop));
        Assert.Equal(1, await database.CountAsync("seen_times"));
    }

    [Fact]
    public async Task An_exhausted_pool_is_called_so_whoever_s_it_is()
    {
        database.Require();
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.ConnectionString) { MaxPoolSize = 1, Timeout = 1 }.ConnectionString);
        await using var shared = PostgresEngine.Create(source);
        await using var own = PostgresEngine.Create(database.ConnectionString, new() { PoolSize = 1, MaxOverflow = 0, PoolTimeout = TimeSpan.FromMilliseconds(100) });
        foreach (var engine in new[] { shared, own })
        {
            await using var held = await engine.BeginAsync(cancellationToken: Stop);
            var busy = await Assert.ThrowsAsync<BulkException>(() => engine.ScalarAsync<int>(Select(Literal(1)), Stop));
            Assert.Equal(("SLU0313", true), (busy.Code, busy.IsTransient));
            Assert.DoesNotContain("cannot be reached", busy.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_locked_row_and_a_deadlock_are_transient_in_loads_as_in_statements()
    {
        database.Require();
        await database.ExecuteAsync(PublicCalls.Setup);
        await using var engine = PostgresEngine.Create(database.ConnectionString, new() { LockTimeout = TimeSpan.FromMilliseconds(100) });
        await using var held = await database.Engine.BeginAsync(cancellationToken: Stop);
        await held.ExecuteAsync(Text($"UPDATE parts SET name = 'held'"), Stop);
        var load = await Assert.ThrowsAsync<BulkException>(() => engine.UpsertAsync(Part.Some(1, 2), cancellationToken: Stop));
        var statement = await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Text($"DELETE FROM parts"), Stop));
        Assert.Equal(("SLU0304", "55P03", true), (load.Code, load.SqlState, load.IsTransient));
        Assert.Equal(("SLU0304", "55P03", true), (statement.Code, statement.SqlState, statement.IsTransient));
        await held.DisposeAsync();

        await database.ExecuteAsync("CREATE OR REPLACE FUNCTION stuck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stuck' USING ERRCODE = '40P01'; END $$; CREATE TRIGGER stuck BEFORE INSERT ON parts FOR EACH ROW EXECUTE FUNCTION stuck()");
        var deadlock = await Assert.ThrowsAsync<BulkException>(() => engine.InsertAsync(Part.Some(50, 2), cancellationToken: Stop));
        Assert.Equal(("SLU0333", true), (deadlock.Code, deadlock.IsTransient));
        Assert.Contains("in the order of the key", deadlock.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("40001", true)]
    [InlineData("40P01", true)]
    [InlineData("55P03", true)]
    [InlineData("57P01", true)]
    [InlineData("57P02", true)]
    [InlineData("57P03", true)]
    [InlineData("25P03", true)]
    [InlineData("53300", true)]
    [InlineData("23505", false)]
    [InlineData("22003", false)]
    [InlineData("25P02", false)]
    [InlineData("42501", false)]
    [InlineData("42P01", false)]
    [InlineData("57014", false)]
    public async Task What_a_repetition_cures_is_transient_in_loads_as_in_statements(string state, bool isTransient)
    {
        database.Require();
        await database.ExecuteAsync(PublicCalls.Setup);
        await database.ExecuteAsync($"CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$; CREATE TRIGGER refuse BEFORE INSERT ON parts FOR EACH ROW EXECUTE FUNCTION refuse()");
        var load = await Assert.ThrowsAnyAsync<BulkException>(() => database.Engine.InsertAsync(Part.Some(50, 2), cancellationToken: Stop));
        var statement = await Assert.ThrowsAsync<StatementException>(() => database.Engine.ExecuteAsync(Text($"INSERT INTO parts (id, name) VALUES (51, 'a')"), Stop));
        Assert.Equal((state, isTransient), (load.SqlState, load.IsTransient));
        Assert.Equal((state, isTransient), (statement.SqlState, statement.IsTransient));
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM parts WHERE id >= 50"));
    }

    [Fact]
    public async Task An_attached_connection_with_an_open_reader_is_in_use_and_not_closed()
    {
        database.Require();
        await database.ExecuteAsync(PublicCalls.Setup);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Stop);
        await using (var command = new NpgsqlCommand("SELECT generate_series(1, 100000)", connection))
        await using (var reader = await command.ExecuteReaderAsync(Stop))
        {
            await reader.ReadAsync(Stop);
            Assert.Contains("in use", Assert.Throws<ArgumentException>(() => PostgresEngine.Attach(connection)).Message, StringComparison.Ordinal);
        }
        await using var attached = PostgresEngine.Attach(connection);
        await using (await connection.BeginTransactionAsync(Stop))
        {
            var begun = await Assert.ThrowsAsync<BulkException>(() => attached.InsertAsync(Part.Some(100, 1), cancellationToken: Stop));
            Assert.Equal("SLU0319", begun.Code);
        }
    }

    [Fact]
    public async Task A_disposed_engine_and_a_disposed_source_say_so()
    {
        database.Require();
        var engine = PostgresEngine.Create(database.ConnectionString);
        await engine.DisposeAsync();
        Assert.Null(Verdict.Of((await Record.ExceptionAsync(() => engine.ScalarAsync<int>(Select(Literal(1)), Stop)))!));
        var source = NpgsqlDataSource.Create(database.ConnectionString);
        var over = PostgresEngine.Create(source);
        await source.DisposeAsync();
        Assert.Null(Verdict.Of((await Record.ExceptionAsync(() => over.ScalarAsync<int>(Select(Literal(1)), Stop)))!));
    }

    [Fact]
    public void What_the_connection_string_says_else_is_not_repeated()
    {
        var options = new PostgresEngineOptions { LockTimeout = TimeSpan.FromSeconds(1) };
        var refused = Assert.Throws<ArgumentException>(() => PostgresEngine.Create("Host=h;Options=-c lock_timeout=5 -c app.key=SECRET", options));
        Assert.DoesNotContain("SECRET", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("lock_timeout", refused.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<ArgumentException>(Record.Exception(() => PostgresEngine.Create("Host=[::1;Port=abc;Password=SECRET")));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PostgresEngineOptions { PoolTimeout = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PostgresEngineOptions { LockTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PostgresEngineOptions { PoolRecycle = TimeSpan.Zero });
    }
}
