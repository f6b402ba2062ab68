using Sluice.Specification.Samples;

namespace Sluice.Sqlite.Tests.Binders;

/// <summary>Values that SQLite would store as something else, or programs would read as something else.</summary>
public sealed class RefusalSpec(TestSqlite database) : BinderSpec(database), IClassFixture<TestSqlite>
{
    [Theory]
    [InlineData("INTEGER")]
    [InlineData("REAL")]
    [InlineData("NUMERIC")]
    [InlineData("BOOLEAN")]
    [InlineData("BLOB")]
    public async Task Text_is_not_stored_in_a_column_of_another_kind(string type)
    {
        await AssertRefusedAsync<object>(type, [DBNull.Value, "abc"]);
        await AssertRefusedAsync<object>(type, [DBNull.Value, "12"]);
        await AssertRefusedAsync<object>(type, [DBNull.Value, Guid.NewGuid()]);
        await AssertRefusedAsync<object>(type, [DBNull.Value, new DateOnly(2026, 1, 31)]);
    }

    [Theory]
    [InlineData("TEXT")]
    [InlineData("BLOB")]
    [InlineData("DATE")]
    [InlineData("TIME")]
    [InlineData("TIMESTAMP")]
    [InlineData("UUID")]
    public async Task A_number_is_not_stored_in_a_column_of_another_kind(string type)
    {
        await AssertRefusedAsync<object>(type, [DBNull.Value, 5L]);
        await AssertRefusedAsync<object>(type, [DBNull.Value, 1.5]);
        await AssertRefusedAsync<object>(type, [DBNull.Value, true]);
    }

    [Theory]
    [InlineData("TEXT")]
    [InlineData("INTEGER")]
    [InlineData("DATE")]
    [InlineData("UUID")]
    public Task Bytes_are_not_stored_in_a_column_of_another_kind(string type) => AssertRefusedAsync<object>(type, [DBNull.Value, new byte[] { 1 }]);

    [Theory]
    [InlineData("DATE", "no date")]
    [InlineData("TIME", "no time")]
    [InlineData("TIMESTAMP", "no timestamp")]
    [InlineData("UUID", "no uuid")]
    [InlineData("DECIMAL_TEXT", "no number")]
    [InlineData("TIME", "6")]
    [InlineData("DATE", "1.2")]
    [InlineData("TIMESTAMP", "1.2")]
    public Task A_text_of_another_kind_than_its_column_declares_is_refused(string type, string text) => AssertRefusedAsync<object>(type, [DBNull.Value, text]);

    [Theory]
    [InlineData("DATE", "2026-01-31")]
    [InlineData("TIME", "12:30:00")]
    [InlineData("TIMESTAMP", "2026-01-31 12:30:00")]
    [InlineData("TIMESTAMPTZ", "2026-01-31T12:30:00+02:00")]
    [InlineData("UUID", "00112233-4455-6677-8899-AABBCCDDEEFF")]
    [InlineData("DECIMAL_TEXT", "12345678901234567890.10")]
    public Task A_text_of_the_kind_that_its_column_declares_is_stored_as_it_is(string type, string text) => AssertStoredAlikeAsync<string?>(type, [text, null]);

    [Theory]
    [InlineData("REAL")]
    [InlineData("NUMERIC")]
    [InlineData("INTEGER")]
    [InlineData("")]
    public async Task NaN_is_refused(string type)
    {
        await AssertRefusedAsync<object>(type, [DBNull.Value, double.NaN], "22003");
        await AssertRefusedAsync<object>(type, [DBNull.Value, float.NaN], "22003");
    }

    [Theory]
    [InlineData("INTEGER")]
    [InlineData("BIGINT")]
    public async Task A_fraction_is_refused_where_whole_numbers_are_declared(string type)
    {
        await AssertRefusedAsync<object>(type, [1.0, 1.5], "22003");
        await AssertRefusedAsync<object>(type, [1m, 1.5m], "22003");
    }

    [Theory]
    [InlineData("INTEGER")]
    [InlineData("BIGINT")]
    public async Task A_floating_point_number_beyond_64_bits_is_refused_where_whole_numbers_are_declared(string type)
    {
        await AssertRefusedAsync<object>(type, [-9_223_372_036_854_775_808.0, 9_223_372_036_854_775_808.0], "22003");
        await AssertRefusedAsync<object>(type, [1.0, double.PositiveInfinity], "22003");
    }

    [Theory]
    [InlineData("NUMERIC")]
    [InlineData("DECIMAL(30,10)")]
    public async Task A_decimal_that_a_numeric_column_would_round_is_refused(string type)
    {
        await AssertRefusedAsync<object>(type, [0.1m, 0.1234567890123456m], "22003");
        await AssertRefusedAsync<object>(type, [0.1m, 1_234_567_890.123456m], "22003");
        await AssertRefusedAsync<object>(type, [0.1m, 9_999_999_999_999_999.5m], "22003");
        await AssertRefusedAsync<object>(type, [0.1m, decimal.MaxValue], "22003");
    }

    [Theory]
    [InlineData("NUMERIC")]
    [InlineData("INTEGER")]
    [InlineData("DECIMAL(30,10)")]
    public async Task A_whole_decimal_keeps_every_digit(string type)
    {
        decimal[] values = [9_007_199_254_740_993m, -9_007_199_254_740_993.00m, long.MaxValue, long.MinValue, 1_000_000_000_000_000_001m];
        var table = await CreateTableAsync(type);
        await Engine.InsertAsync(Rows(values), table);
        Assert.Equal(values, (await ReadAsync<long>(table)).Select(v => (decimal)v));
    }

    [Fact]
    public Task A_whole_number_that_a_real_would_change_is_refused() => AssertRefusedAsync<object>("REAL", [9_007_199_254_740_992L, 9_007_199_254_740_993L], "22003");

    [Theory]
    [InlineData("TEXT")]
    [InlineData("")]
    public async Task Zero_characters_and_lone_surrogates_are_refused(string type)
    {
        await AssertRefusedAsync<object>(type, ["a", "a\0b"], "22021");
        await AssertRefusedAsync<object>(type, ["a", "a\ud800"], "22021");
        await AssertRefusedAsync<object>(type, ["a", "\udc00a"], "22021");
    }

    [Fact]
    public async Task A_type_that_never_fits_is_refused_before_the_first_row()
    {
        var table = await CreateTableAsync("INTEGER");
        var failure = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.InsertAsync(Rows(["a"]), table));
        Assert.Equal("SLU0110", failure.Code);
        var strict = await CreateTableAsync("INTEGER", " STRICT");
        Assert.Equal("SLU0110", (await Assert.ThrowsAsync<BulkPlanException>(() => Engine.InsertAsync(Rows<byte[]>([[1]]), strict))).Code);
    }

    [Fact]
    public async Task A_strict_table_is_held_to_its_types()
    {
        await AssertRefusedAsync<object>("INTEGER", [1L, "a"], options: " STRICT");
        await AssertRefusedAsync<object>("INTEGER", [1L, 1.5], "22003", " STRICT");
        await AssertRefusedAsync<object>("TEXT", ["a", 5L], options: " STRICT");
        await AssertRefusedAsync<object>("BLOB", [new byte[1], "a"], options: " STRICT");
        await AssertRefusedAsync<object>("REAL", [1.5, "a"], options: " STRICT");
    }

    [Theory]
    [InlineData("STRING")]
    [InlineData("MONEY")]
    [InlineData("ANY")]
    public async Task A_text_that_an_undeclared_affinity_would_turn_into_another_is_refused(string type)
    {
        await AssertRefusedAsync<object>(type, ["abc", "007"]);
        await AssertRefusedAsync<object>(type, ["abc", "1e5"]);
        await AssertRefusedAsync<object>(type, ["abc", " 5"]);
        await AssertRefusedAsync<object>(type, ["abc", "1.50"]);
        await AssertStoredAlikeAsync<string?>(type, ["abc", "7", "-12", "1.5", "", "0x10", "1-2", "NULL", "Infinity", "nan", null]);
        await AssertStoredAlikeAsync<string?>(type, [.. Sample.Of(Texts.Any).Where(t => !t.Any(char.IsDigit))]);
    }
}
