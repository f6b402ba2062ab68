using System.Globalization;
using Sluice.Rows;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Changes;

/// <summary>What users of bulk libraries complain of about numbers, defaults and computed columns, shown not to happen here.</summary>
public abstract class ColumnPainsSpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The ways in which a column <c>id</c> can be numbered, as the database writes them.</summary>
    protected abstract IReadOnlyList<string> Numberings { get; }

    /// <summary>A column that the database computes from <c>value</c>.</summary>
    protected abstract string Computed { get; }

    async Task<Sluice.Table> CreateAsync(string numbering)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS numbered");
        await Database.ExecuteAsync($"CREATE TABLE numbered (id {numbering}, name varchar(20) NOT NULL UNIQUE, value integer NOT NULL DEFAULT 5, {Computed}, created timestamp DEFAULT CURRENT_TIMESTAMP)");
        return await Engine.ReadTableAsync("numbered", Stop);
    }

    static Dictionary<string, object?> Row(string name, long? id = null, int? value = null, bool created = false)
    {
        var row = new Dictionary<string, object?> { ["name"] = name };
        if (id is not null)
            row["id"] = id;
        if (value is not null)
            row["value"] = value;
        if (created)
            row["created"] = null;
        return row;
    }

    async Task<Dictionary<string, (long Id, long Value, long Twice, bool Created)>> StoredAsync() =>
        (await Database.QueryAsync("SELECT name, id, value, twice, created FROM numbered")).ToDictionary(
            r => (string)r[0]!, r => (Number(r[1]), Number(r[2]), Number(r[3]), r[4] is not null));

    static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_not_set_gets_the_databases_value_and_what_is_set_its_own_whatever_the_first_row_has(bool firstIsSet)
    {
        foreach (var numbering in Numberings)
        {
            var table = await CreateAsync(numbering);
            Dictionary<string, object?>[] rows =
            [
                firstIsSet ? Row("first", id: 1_000, value: 1, created: true) : Row("first"), Row("a"), Row("b", id: 500), Row("c", value: 7), Row("d", id: 400, value: 8), Row("e", created: true),
                firstIsSet ? Row("last") : Row("last", id: 1_000, value: 1, created: true),
            ];
            var result = await Engine.InsertAsync(RowSource.From(rows, DictionaryKeys.Group), table, cancellationToken: Stop);
            Assert.Equal((7, 7), (result.Read, result.Inserted));
            var stored = await StoredAsync();
            var (set, unset) = firstIsSet ? (stored["first"], stored["last"]) : (stored["last"], stored["first"]);
            Assert.Equal((1_000, 1, 2, false), set);
            Assert.Equal((5, 10, true), (unset.Value, unset.Twice, unset.Created));
            Assert.Equal((500, 5, 10, true), stored["b"]);
            Assert.Equal((400, 8, 16, true), stored["d"]);
            Assert.Equal((7, 14, true), (stored["c"].Value, stored["c"].Twice, stored["c"].Created));
            Assert.False(stored["e"].Created);
            Assert.All(stored.Values, row => Assert.True(row.Id > 0));
            Assert.Equal(7, stored.Values.Select(row => row.Id).Distinct().Count());
        }
    }

    [Fact]
    public async Task An_upsert_by_another_key_leaves_numbers_and_defaults_to_the_database()
    {
        foreach (var numbering in Numberings)
        {
            var table = await CreateAsync(numbering);
            await Engine.InsertAsync(RowSource.From(Enumerable.Range(0, 50).Select(i => Row($"k{i}", value: 1))), table, cancellationToken: Stop);
            var before = await StoredAsync();
            var result = await Engine.UpsertAsync(
                RowSource.From(Enumerable.Range(0, 5_000).Select(i => Row($"k{i}", value: 2))), on: on =>
                    on.Columns(table.Column<string>("name")), table: table, cancellationToken: Stop);
            Assert.Equal((4_950, 50), (result.Inserted, result.Updated));
            var after = await StoredAsync();
            Assert.All(before, row => Assert.Equal((row.Value.Id, 2, 4), (after[row.Key].Id, after[row.Key].Value, after[row.Key].Twice)));
            Assert.Equal(5_000, after.Values.Where(row => row is { Id: > 0, Created: true }).Select(row => row.Id).Distinct().Count());
        }
    }

    [Fact]
    public async Task A_value_for_a_computed_column_is_refused_before_a_row_is_sent()
    {
        var table = await CreateAsync(Numberings[0]);
        var row = Row("a");
        row["twice"] = 3;
        var insert = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.InsertAsync(RowSource.From([row]), table, cancellationToken: Stop));
        Assert.Equal("SLU0106", insert.Code);
        Assert.Equal(0, await Database.CountAsync("numbered"));
    }
}
