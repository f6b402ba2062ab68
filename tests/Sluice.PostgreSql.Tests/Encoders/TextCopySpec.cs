using FsCheck.Fluent;
using Npgsql;
using NpgsqlTypes;
using Sluice.Specification.Samples;

namespace Sluice.PostgreSql.Tests.Encoders;

/// <summary>COPY in text format: parsed sources with columns whose texts only the server reads.</summary>
public abstract class TextCopySpec(TestPostgres database) : EncoderSpec(database)
{
    [Theory]
    [InlineData("interval", "1 day 02:03:04.5", "-1 year -2 mons +3 days", "PT0S", "00:00:00.000001")]
    [InlineData("time", "00:00:00", "24:00", "23:59:59.999999", "01:02 PM")]
    [InlineData("timetz", "00:00:00+00", "23:59:59.999999-15:59", "12:00+05:30", "01:02:03Z")]
    [InlineData("integer[]", "{}", "{1,NULL,-3}", "{{1,2},{3,4}}", "[0:1]={5,6}")]
    [InlineData("text[]", "{}", "{a,NULL,\"NULL\",\"b,c\"}", "{\"\\\\\",\"\\\"\"}", "{é,😀}")]
    [InlineData("inet", "127.0.0.1", "10.0.0.0/8", "::1", "fe80::1/64")]
    [InlineData("point", "(1,2)", "(-1.5,1e10)", "(NaN,Infinity)", "(0,0)")]
    [InlineData("int4range", "[1,5)", "empty", "(,)", "[3,3]")]
    [InlineData("bit(3)", "101", "000", "111", "010")]
    [InlineData("xml", "<a/>", "<a>é</a>", "text", "<b c=\"d\"/>")]
    [InlineData("money", "$1.00", "-$2.50", "0", "1234.56")]
    public async Task The_server_reads_every_text(string type, params string[] texts)
    {
        string?[] values = [.. texts, null];
        var table = await CreateTableAsync(type);
        var plan = await Engine.PlanInsertAsync(new ParsedRows(values), table);
        Assert.Equal("text COPY", plan.Path.Name);
        Assert.Equal($"only the server reads text as {table.Columns[1].Type} (column 'v')", plan.Reason);

        var result = await Engine.InsertAsync(new ParsedRows(values), table);

        Assert.Equal(5, result.Inserted);
        await AssertSameBytesAsync(table, await InsertByDriverAsync(type, values, v => v, "$2::text::" + type, NpgsqlDbType.Text));
    }

    [Fact]
    public async Task Any_text_arrives_escaped()
    {
        var name = Database.NewName("escaped");
        await Database.ExecuteAsync($"CREATE TABLE {name} (id integer, v text, span interval)");
        var notes = Sample.Of(Texts.Any, "", "\\N", "\\.", "\\", "\t\\t\n\\n\r", "a\\", new string('\\', 70_000));

        await Engine.InsertAsync(new MixedRows<string>(notes), await Engine.ReadTableAsync(name));

        Assert.Equal(notes, (await Database.QueryAsync($"SELECT v FROM {name} ORDER BY id")).Select(row => (string?)row[0]));
    }

    [Fact]
    public async Task A_text_that_the_server_cannot_read_is_told_by_row_and_column()
    {
        foreach (var type in (string[])["interval", "time", "integer[]", "inet"])
        {
            var table = await CreateTableAsync(type);
            var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(new ParsedRows([null, null, "no such thing"]), table));
            Assert.Equal((3, "v"), (failure.RowNumber, failure.ColumnName));
            Assert.Equal(0, await Database.CountAsync(table.Name));
        }
    }

    [Fact]
    public async Task Zero_characters_and_lone_surrogates_are_refused()
    {
        var table = await CreateTableAsync("text[]");
        foreach (var text in (string[])["{a\0b}", "{a\ud800b}", "{a\udc00}", "{a}\ud83d"])
        {
            var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(new ParsedRows(["{a}", text]), table));
            Assert.Equal((2, "v", "22021"), (failure.RowNumber, failure.ColumnName, failure.SqlState));
            Assert.Equal(0, await Database.CountAsync(table.Name));
        }
    }

    [Fact]
    public async Task Typed_values_beside_a_parsed_one_are_stored_as_elsewhere()
    {
        await AssertBesideAsync("boolean", [true, false]);
        await AssertBesideAsync("bigint", Sample.Of(Numbers.Long, long.MinValue, long.MaxValue));
        await AssertBesideAsync("real", Sample.Of(Numbers.Single.Select(v => float.IsNaN(v) ? 0 : v), BitConverter.Int32BitsToSingle(0x7fc0_0000), -0f, float.Epsilon));
        await AssertBesideAsync("double precision", Sample.Of(Numbers.Double.Select(v => double.IsNaN(v) ? 0 : v), BitConverter.Int64BitsToDouble(0x7ff8_0000_0000_0000), double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon));
        await AssertBesideAsync("numeric", Sample.Of(Numbers.Decimal, decimal.MaxValue, 1.10m, 0.0m));
        await AssertBesideAsync("uuid", Sample.Of(Texts.Guid));
        await AssertBesideAsync("bytea", Sample.Of(Texts.Bytes, []));
        await AssertBesideAsync("date", Sample.Of(Times.Date, DateOnly.MinValue, DateOnly.MaxValue));
        await AssertBesideAsync("timestamp", Sample.Of(Times.Unspecified, DateTime.MinValue, DateTime.MaxValue), NpgsqlDbType.Timestamp);
        await AssertBesideAsync("timestamptz", Sample.Of(Times.Utc, DateTime.MinValue, DateTime.MaxValue), NpgsqlDbType.TimestampTz);
        await AssertBesideAsync("timestamptz", Sample.Of(Times.AtZero, DateTimeOffset.MinValue, DateTimeOffset.MaxValue), NpgsqlDbType.TimestampTz);
    }

    async Task AssertBesideAsync<T>(string type, IReadOnlyList<T> values, NpgsqlDbType? driverType = null)
    {
        var table = await MixedTableAsync(type);
        await Engine.InsertAsync(new MixedRows<T>(values), table);
        await AssertSameBytesAsync(table, await InsertByDriverAsync(type, values, v => v, "$2", driverType));
    }

    async Task<Table> MixedTableAsync(string type)
    {
        var name = Database.NewName("mixed");
        await Database.ExecuteAsync($"CREATE TABLE {name} (id integer, v {type}, span interval)");
        return await Engine.ReadTableAsync(name);
    }

    [Fact]
    public async Task A_fraction_is_never_rounded_away_by_the_server()
    {
        await AssertRefusedBesideAsync("numeric(10,2)", [1.25m, 1.255m], "22003");
        await AssertRefusedBesideAsync("numeric(10,2)", [1.25, 1.255], "22003");
        await AssertRefusedBesideAsync("numeric(10,2)", ["1.25", "1.255"], "22003");
        await AssertRefusedBesideAsync("numeric(4,2)", [1L, 100L], "22003");
        await AssertRefusedBesideAsync("integer", [1m, 1.5m], "22003");
    }

    [Fact]
    public async Task Values_are_refused_as_elsewhere()
    {
        await AssertRefusedBesideAsync("smallint", [1L, 40_000L], "22003");
        await AssertRefusedBesideAsync("varchar(3)", ["abc", "abc "], "22001");
        await AssertRefusedBesideAsync("timestamp", [DateTime.MinValue, DateTime.UtcNow], "22007");
        await AssertRefusedBesideAsync("timestamptz", [DateTime.UtcNow, new DateTime(2026, 1, 1)], "22007");
    }

    async Task AssertRefusedBesideAsync<T>(string type, IReadOnlyList<T> values, string state)
    {
        var table = await MixedTableAsync(type);
        var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(new MixedRows<T>(values), table));
        Assert.True((failure.RowNumber, failure.ColumnName, failure.SqlState) == (values.Count, "v", state), failure.SqlState + failure.Message);
        Assert.Equal(0, await Database.CountAsync(table.Name));
    }

    [Fact]
    public async Task Enumerations_beside_a_parsed_value_are_stored_by_label_name_or_number()
    {
        Mood[] moods = [Mood.Sad, Mood.SoSo, Mood.VeryHappy];
        var mood = Database.NewName("mood");
        await Database.ExecuteAsync($"CREATE TYPE {mood} AS ENUM ('Sad', 'so_so', 'very_happy')");
        foreach (var (type, expected) in ((string, string)[])[(mood, "Sad,so_so,very_happy"), ("text", "Sad,SoSo,VeryHappy"), ("integer", "-1,0,7")])
        {
            var table = await MixedTableAsync(type);
            await Engine.InsertAsync(new MixedRows<Mood>(moods), table);
            Assert.Equal(expected.Split(','), await ReadAsync<string>(table, "v::text"));
        }
    }

    [Fact]
    public async Task A_session_far_from_utc_moves_no_point_in_time()
    {
        var at = new NpgsqlConnectionStringBuilder(Postgres.ConnectionString) { Timezone = "Pacific/Auckland" };
        await using var far = PostgresEngine.Create(at.ConnectionString);
        var values = Sample.Of(Times.Utc.Select(v => Times.Cut(v)));
        var table = await MixedTableAsync("timestamptz");

        await far.InsertAsync(new MixedRows<DateTime>(values), table);

        Assert.Equal(values, await ReadAsync<DateTime>(table));
    }
}
