namespace Sluice.PostgreSql.Tests.Encoders;

/// <summary>Enumerations, and domains over other types.</summary>
public abstract class EnumEncoderSpec(TestPostgres database) : EncoderSpec(database)
{
    static readonly Mood?[] s_moods = [Mood.Sad, Mood.SoSo, Mood.VeryHappy, null];

    static string? Label(Mood? mood) => mood switch
    {
        Mood.Sad => "Sad",
        Mood.SoSo => "so_so",
        Mood.VeryHappy => "very_happy",
        _ => null,
    };

    async Task<string> CreateMoodAsync()
    {
        var name = Database.NewName("mood");
        await Database.ExecuteAsync($"CREATE TYPE {name} AS ENUM ('Sad', 'so_so', 'very_happy', 'it''s', 'é')");
        return name;
    }

    [Fact]
    public async Task Enumerations_are_stored_by_their_label() => await AssertReadAsTextAsync(await CreateMoodAsync(), s_moods, Label);

    [Fact]
    public async Task Texts_are_stored_as_the_label_that_they_are()
    {
        var mood = await CreateMoodAsync();
        await AssertReadAsTextAsync<string?>(mood, ["Sad", "so_so", "it's", "é", null], v => v);
    }

    [Fact]
    public async Task Arrays_of_enumerations_are_stored_by_their_labels()
    {
        var mood = await CreateMoodAsync();
        await AssertReadAsTextAsync<Mood[]?>(mood + "[]", [[Mood.Sad, Mood.VeryHappy], [], null], v => v is null ? null : "{" + string.Join(',', v.Select(m => Label(m))) + "}");
        await AssertReadAsTextAsync<Mood?[]>(mood + "[]", [[Mood.Sad, null]], _ => "{Sad,NULL}");
        await AssertReadAsTextAsync<string?[]>(mood + "[]", [["é", null]], _ => "{é,NULL}");
    }

    [Fact]
    public async Task A_label_that_the_type_lacks_is_refused()
    {
        var mood = await CreateMoodAsync();
        var failure = await AssertRefusedAsync<string>(mood, ["Sad", "sad"], 2, "22P02");
        Assert.Contains("'Sad', 'so_so'", failure.Message, StringComparison.Ordinal);
        var table = await CreateTableAsync(mood);
        var unnamed = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(Rows<Mood>([Mood.Sad, (Mood)3]), table));
        Assert.Equal((2, "v", "22P02"), (unnamed.RowNumber, unnamed.ColumnName, unnamed.SqlState));
    }

    [Theory]
    [InlineData("smallint")]
    [InlineData("integer")]
    [InlineData("bigint")]
    [InlineData("numeric(4)")]
    public async Task Enumerations_are_stored_by_their_number_in_columns_of_numbers(string type)
    {
        await AssertReadAsTextAsync(type, s_moods, v => v is null ? null : ((short)v).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await AssertReadAsTextAsync<Mood[]>(type + "[]", [[Mood.Sad, Mood.VeryHappy]], _ => "{-1,7}");
    }

    [Theory]
    [InlineData("text")]
    [InlineData("varchar(10)")]
    [InlineData("char(9)")]
    public async Task Enumerations_are_stored_by_their_name_in_columns_of_text(string type)
    {
        await AssertReadAsTextAsync(type, s_moods, v => v?.ToString());
        await AssertReadAsTextAsync<Mood[]>(type + "[]", [[Mood.Sad, Mood.VeryHappy]], _ => "{Sad,VeryHappy}");
    }

    [Fact]
    public async Task Enumerations_of_unsigned_numbers_keep_their_sign()
    {
        await AssertReadAsTextAsync<Wide>("numeric", [Wide.None, Wide.All], v => ((ulong)v).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await AssertReadAsTextAsync<Wide[]>("numeric[]", [[Wide.None, Wide.All]], _ => "{0,18446744073709551615}");
        await AssertRefusedAsync<Wide>("bigint", [Wide.None, Wide.All], 2, "22003");
    }

    [Fact]
    public async Task Domains_are_written_as_what_they_are_made_of()
    {
        var money = Database.NewName("price");
        var code = Database.NewName("code");
        var tags = Database.NewName("tags");
        await Database.ExecuteAsync($"CREATE DOMAIN {money} AS numeric(10,2) CHECK (VALUE >= 0); CREATE DOMAIN {code} AS varchar(5); CREATE DOMAIN {tags} AS text[]");
        await AssertReadAsTextAsync<decimal?>(money, [0m, 12.50m, 99_999_999.99m, null], v => v?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        await AssertReadAsTextAsync<string?>(code, ["", "abcde", "😀😀😀😀😀", null], v => v);
        await AssertReadAsTextAsync<string[]>(tags, [["a", "b"], []], v => "{" + string.Join(',', v) + "}");
        await AssertRefusedAsync<decimal>(money, [1m, 1.255m], 2, "22003");
        await AssertRefusedAsync<string>(code, ["abcde", "abcdef"], 2, "22001");

        var table = await CreateTableAsync(money);
        var failure = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(Rows<decimal>([1m, 2m, -1m]), table));
        Assert.Equal((3, "23514"), (failure.RowNumber, failure.SqlState));
        Assert.Contains(Assert.IsType<string>(failure.ConstraintName), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_domain_over_a_domain_and_one_over_an_enumeration_are_followed_down()
    {
        var mood = await CreateMoodAsync();
        var inner = Database.NewName("inner_domain");
        var outer = Database.NewName("outer_domain");
        var feeling = Database.NewName("feeling");
        await Database.ExecuteAsync($"CREATE DOMAIN {inner} AS varchar(4); CREATE DOMAIN {outer} AS {inner}; CREATE DOMAIN {feeling} AS {mood}");
        await AssertReadAsTextAsync<string?>(outer, ["abcd", null], v => v);
        await AssertRefusedAsync<string>(outer, ["abcde"], 1, "22001");
        await AssertReadAsTextAsync(feeling, s_moods, Label, mood);
    }
}
