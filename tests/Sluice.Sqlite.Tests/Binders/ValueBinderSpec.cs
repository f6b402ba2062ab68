using FsCheck.Fluent;
using Sluice.Specification.Samples;

namespace Sluice.Sqlite.Tests.Binders;

public sealed class ValueBinderSpec(TestSqlite database) : BinderSpec(database), IClassFixture<TestSqlite>
{
    static readonly string[] s_texts = ["", " ", "007", "1e5", "-0", "0x10", "NULL", "'", new string('x', 300_000), string.Concat(Enumerable.Repeat("😀", 70_000))];

    [Theory]
    [InlineData("INTEGER")]
    [InlineData("INT")]
    [InlineData("BIGINT")]
    [InlineData("NUMERIC")]
    [InlineData("DECIMAL(10,2)")]
    [InlineData("")]
    [InlineData("ANY")]
    public async Task Whole_numbers(string type)
    {
        await AssertValuesStoredAlikeAsync(type, Sample.Of(Numbers.Long, long.MinValue, -1, 0, 1, long.MaxValue));
        await AssertValuesStoredAlikeAsync(type, Sample.Of(Numbers.Int, int.MinValue, int.MaxValue));
        await AssertValuesStoredAlikeAsync(type, Sample.Of(Numbers.Short, short.MinValue, short.MaxValue));
        await AssertValuesStoredAlikeAsync<byte>(type, [0, 1, 255]);
        await AssertValuesStoredAlikeAsync<sbyte>(type, [-128, 0, 127]);
        await AssertValuesStoredAlikeAsync<ushort>(type, [0, ushort.MaxValue]);
        await AssertValuesStoredAlikeAsync<uint>(type, [0, uint.MaxValue]);
        await AssertValuesStoredAlikeAsync<ulong>(type, [0, long.MaxValue, ulong.MaxValue]);
        await AssertStoredAlikeAsync<Level>(type, [Level.Low, Level.None, Level.High]);
        await AssertValuesStoredAlikeAsync(type, [Wide.None, Wide.All], readsBack: false);
    }

    [Theory]
    [InlineData("BOOLEAN")]
    [InlineData("BOOL")]
    [InlineData("INTEGER")]
    [InlineData("")]
    public Task Truth_values(string type) => AssertValuesStoredAlikeAsync(type, [true, false]);

    [Theory]
    [InlineData("REAL")]
    [InlineData("DOUBLE PRECISION")]
    [InlineData("FLOAT")]
    [InlineData("NUMERIC")]
    [InlineData("DECIMAL_TEXT")]
    [InlineData("")]
    public async Task Floating_point_numbers(string type)
    {
        // A column of text keeps 15 digits of a floating-point number, as it does from every program.
        var readsBack = !type.EndsWith("TEXT", StringComparison.Ordinal);
        await AssertValuesStoredAlikeAsync(
            type,
            Sample.Of(Numbers.Double.Where(d => !double.IsNaN(d)), double.MinValue, double.MaxValue, double.Epsilon, 0.0, 0.1, 1e15, 1e19, 9_007_199_254_740_992, double.PositiveInfinity, double.NegativeInfinity),
            readsBack: readsBack);
        await AssertValuesStoredAlikeAsync(type, Sample.Of(Numbers.Single.Where(d => !float.IsNaN(d)), float.MinValue, float.MaxValue, float.Epsilon, 0.1f), readsBack: readsBack);
    }

    [Theory]
    [InlineData("REAL")]
    [InlineData("NUMERIC")]
    [InlineData("INTEGER")]
    [InlineData("")]
    public Task Negative_zero(string type) => AssertValuesStoredAlikeAsync<double>(type, [-0.0, 0.0]);

    [Theory]
    [InlineData("TEXT")]
    [InlineData("DECIMAL_TEXT")]
    [InlineData("")]
    public Task Decimals(string type) => AssertValuesStoredAlikeAsync(
        type, Sample.Of(Numbers.Decimal, decimal.MinValue, decimal.MaxValue, 0m, 1m, 1.0m, 1.10m, -0.5m, 0.0000000000000000000000000001m, 100_000m));

    [Theory]
    [InlineData("NUMERIC")]
    [InlineData("DECIMAL(15,4)")]
    public async Task Decimals_of_15_digits(string type)
    {
        decimal?[] values = [.. Sample.Of(Numbers.DecimalOf(15, 6), 999_999_999_999_999m, 0.000_000_000_000_001m, -99_999_999_999.9999m, 0.1m, 0.10m, 5m, 5.0m), null];
        // The driver reads such a number as the text that SQLite makes of it, which has 17 digits since SQLite 3.53; Sluice reads it exactly.
        await AssertStoredAlikeAsync(type, values, readsBack: false);
        var table = await CreateTableAsync(type);
        await Engine.InsertAsync(Rows(values), table);
        Assert.Equal(values, await Engine.QueryAsync<decimal?>(Sql.Raw($"SELECT v FROM {table.Name} ORDER BY id")));
    }

    [Theory]
    [InlineData("TEXT")]
    [InlineData("VARCHAR(10)")]
    [InlineData("CLOB")]
    [InlineData("")]
    public async Task Texts_of_any_kind(string type)
    {
        await AssertStoredAlikeAsync(type, (string?[])[.. Sample.Of(Texts.Any, s_texts), null]);
        await AssertValuesStoredAlikeAsync<char>(type, ['a', 'é', '€', '0']);
    }

    [Theory]
    [InlineData("BLOB")]
    [InlineData("")]
    public Task Bytes(string type) => AssertStoredAlikeAsync(type, (byte[]?[])[.. Sample.Of(Texts.Bytes, [], [0], new byte[400_000]), null]);

    [Theory]
    [InlineData("TEXT")]
    [InlineData("UUID")]
    [InlineData("GUID")]
    [InlineData("UNIQUEIDENTIFIER")]
    [InlineData("")]
    public Task Uuids(string type) => AssertValuesStoredAlikeAsync(type, Sample.Of(Texts.Guid, Guid.Empty, Guid.AllBitsSet, new Guid("00112233-4455-6677-8899-aabbccddeeff")));

    [Theory]
    [InlineData("TEXT")]
    [InlineData("DATE")]
    [InlineData("")]
    public Task Dates(string type) => AssertValuesStoredAlikeAsync(type, Sample.Of(Times.Date, DateOnly.MinValue, DateOnly.MaxValue, new(2024, 2, 29)));

    [Theory]
    [InlineData("TEXT")]
    [InlineData("TIME")]
    [InlineData("")]
    public async Task Times_of_day(string type)
    {
        await AssertValuesStoredAlikeAsync(type, Sample.Of(Times.Time, TimeOnly.MinValue, TimeOnly.MaxValue, new(12, 0)));
        await AssertValuesStoredAlikeAsync(type, Sample.Of(Times.Span, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.Zero, TimeSpan.FromDays(-1), new(1, 2, 3, 4, 500)));
    }

    [Theory]
    [InlineData("TEXT")]
    [InlineData("TIMESTAMP")]
    [InlineData("DATETIME")]
    [InlineData("TIMESTAMPTZ")]
    [InlineData("")]
    public async Task Timestamps(string type)
    {
        await AssertValuesStoredAlikeAsync(type, Sample.Of(Times.Unspecified, DateTime.MinValue, DateTime.MaxValue, new(2026, 1, 31), new(2026, 1, 31, 12, 0, 0, 120)));
        await AssertValuesStoredAlikeAsync(type, Sample.Of(Times.Utc));
        await AssertValuesStoredAlikeAsync(type, [DateTime.SpecifyKind(new(2026, 1, 31), DateTimeKind.Local)]);
        await AssertValuesStoredAlikeAsync(type, Sample.Of(Times.AtAnyOffset, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch));
    }

    [Theory]
    [InlineData("INTEGER")]
    [InlineData("INT")]
    public Task Strict_whole_numbers(string type) => AssertValuesStoredAlikeAsync(type, Sample.Of(Numbers.Long, long.MinValue, long.MaxValue), " STRICT");

    [Fact]
    public async Task Strict_tables()
    {
        await AssertValuesStoredAlikeAsync("REAL", Sample.Of(Numbers.FiniteDouble, 0.5, double.MaxValue), " STRICT");
        await AssertStoredAlikeAsync("TEXT", (string?[])[.. Sample.Of(Texts.Any, s_texts), null], " STRICT");
        await AssertStoredAlikeAsync("BLOB", (byte[]?[])[.. Sample.Of(Texts.Bytes, []), null], " STRICT");
        await AssertStoredAlikeAsync<string?>("ANY", ["007", "1e5", "a", null], " STRICT");
        await AssertValuesStoredAlikeAsync("ANY", Sample.Of(Numbers.Decimal, decimal.MaxValue, 5m), " STRICT");
        await AssertValuesStoredAlikeAsync("ANY", Sample.Of(Numbers.Long), " STRICT");
    }

    [Fact]
    public async Task Sqlite3_prints_values_as_they_were()
    {
        var table = await CreateTableAsync("TEXT");
        await Engine.InsertAsync(Rows(["007", "a'b", "😀", null]), table);
        Assert.Equal("1|007|text\n2|a'b|text\n3|😀|text\n4||null\n", (await Database.RunSqlite3Async($"SELECT id, v, typeof(v) FROM {table.Name} ORDER BY id")).ReplaceLineEndings("\n"));
    }
}
