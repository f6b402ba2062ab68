using FsCheck.Fluent;
using Npgsql;
using NpgsqlTypes;
using Sluice.Specification.Samples;

namespace Sluice.PostgreSql.Tests.Encoders;

public abstract class TextEncoderSpec(TestPostgres database) : EncoderSpec(database)
{
    static readonly string[] s_extremes = ["", " ", "  closing blanks  ", "a\0b".Replace("\0", "", StringComparison.Ordinal), new string('x', 300_000), string.Concat(Enumerable.Repeat("😀", 70_000)), "\\N", "\\."];

    [Fact]
    public Task Text() => AssertRoundTripsAsync("text", (string?[])[.. Sample.Of(Texts.Any, s_extremes), null]);

    [Fact]
    public Task Varchar_without_a_length() => AssertRoundTripsAsync("varchar", (string?[])[.. Sample.Of(Texts.Any, s_extremes), null]);

    [Fact]
    public Task Varchar_counts_code_points() => AssertRoundTripsAsync(
        "varchar(10)", (string?[])[.. Sample.Of(Texts.CodePoints(10), "", "1234567890", string.Concat(Enumerable.Repeat("😀", 10)), "ééééé€€€€€"), null]);

    [Fact]
    public Task Char_is_filled_with_blanks() => AssertRoundTripsAsync(
        "char(10)", (string?[])[.. Sample.Of(Texts.CodePoints(10), "", "1234567890", string.Concat(Enumerable.Repeat("😀", 10))), null], NpgsqlDbType.Char, Padded);

    static string? Padded(string? text) => text is null ? null : text + new string(' ', 10 - text.EnumerateRunes().Count());

    [Fact]
    public async Task Citext()
    {
        // The programs of some packages come without extensions; there a domain of that name stands for the type.
        try
        {
            await Database.ExecuteAsync("CREATE EXTENSION citext");
        }
        catch (PostgresException missing) when (missing.SqlState is "0A000" or "58P01")
        {
            await Database.ExecuteAsync("CREATE DOMAIN citext AS text");
        }
        var values = (string?[])[.. Sample.Of(Texts.Any, s_extremes), null];
        await AssertReadAsTextAsync("citext", values, v => v);
        await AssertReadAsTextAsync<string?[]>("citext[]", [["A", "a", null], []], v => v.Length == 0 ? "{}" : "{A,a,NULL}");
    }

    [Fact]
    public Task Name() => AssertRoundTripsAsync("name", (string?[])[.. Sample.Of(Texts.CodePoints(15), "", new string('n', 63)), null], NpgsqlDbType.Name);

    [Fact]
    public async Task A_name_is_measured_in_bytes()
    {
        var failure = await AssertRefusedAsync<string>("name", ["a", new string('é', 40)], 2, "22001");
        Assert.Contains("80 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Json() => AssertReadAsTextAsync("json", (string?[])[.. Sample.Of(Texts.Json, "null", "1", "\"a\"", "[]", " { } "), null], v => v);

    [Fact]
    public Task Jsonb() => AssertReadAsTextAsync("jsonb", (string?[])[.. Sample.Of(Texts.Json, "null", "1", "1.50", "\"a\"", "[]", " { } "), null], v => v);

    [Fact]
    public async Task Json_of_the_framework_is_its_text()
    {
        using var document = System.Text.Json.JsonDocument.Parse("""{"a": [1, 2.50]}""");
        await AssertReadAsTextAsync("json", [document], v => v.RootElement.GetRawText());
        await AssertReadAsTextAsync("jsonb", [document.RootElement], v => v.GetRawText());
        await AssertReadAsTextAsync("jsonb", [System.Text.Json.Nodes.JsonNode.Parse("[1,null]")!], v => v.ToJsonString());
        await AssertReadAsTextAsync("text", [document.RootElement], v => v.GetRawText());
    }

    [Fact]
    public Task Characters() => AssertReadAsTextAsync("text", ['a', 'é', '€', '\uffff'], v => v.ToString());

    [Fact]
    public Task Bytea() => AssertRoundTripsAsync("bytea", (byte[]?[])[.. Sample.Of(Texts.Bytes, [], [0], [255], [.. Enumerable.Range(0, 256).Select(i => (byte)i)], new byte[400_000]), null]);

    [Fact]
    public Task Uuid() => AssertValuesRoundTripAsync("uuid", Sample.Of(Texts.Guid, Guid.Empty, Guid.AllBitsSet, new Guid("00112233-4455-6677-8899-aabbccddeeff")));

    [Fact]
    public Task Boolean() => AssertValuesRoundTripAsync("boolean", [true, false]);

    [Theory]
    [InlineData("varchar(3)")]
    [InlineData("char(3)")]
    public async Task A_text_too_long_by_one_code_point_is_refused(string type)
    {
        var failure = await AssertRefusedAsync<string>(type, ["abc", "😀😀😀", "😀😀😀😀"], 3, "22001");
        Assert.Contains("the text has 4 characters", failure.Message, StringComparison.Ordinal);
        await AssertRefusedAsync<string>(type, ["abcd"], 1, "22001");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("varchar(20)")]
    [InlineData("json")]
    [InlineData("jsonb")]
    public async Task Zero_characters_and_lone_surrogates_are_refused(string type)
    {
        await AssertRefusedAsync<string>(type, ["\"a\"", "\"a\0b\""], 2, "22021");
        await AssertRefusedAsync<string>(type, ["\"a\"", "\"\ud800\""], 2, "22021");
        await AssertRefusedAsync<string>(type, ["\"a\"", "\"b\udc00a\""], 2, "22021");
    }

    [Fact]
    public async Task Json_that_the_server_cannot_read_is_told_by_row()
    {
        foreach (var type in (string[])["json", "jsonb"])
        {
            var table = await CreateTableAsync(type);
            var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(Rows<string>(["{}", "{}", "{"]), table));
            Assert.Equal((3, "v", "22P02"), (failure.RowNumber, failure.ColumnName, failure.SqlState));
        }
    }

    [Fact]
    public async Task Psql_prints_texts_and_bytes_as_they_were()
    {
        Assert.Equal("\\N\na'b\"c\n😀\n", (await PrintAsync(await LoadAsync<string>("text", ["\\N", "a'b\"c", "😀"]))).ReplaceLineEndings("\n"));
        Assert.Equal("\\x00ff\n\\x\n", (await PrintAsync(await LoadAsync<byte[]>("bytea", [[0, 255], []]))).ReplaceLineEndings("\n"));
    }
}
