using System.Text.Json;
using Sluice.Rows;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Law;

/// <summary>Rows as a deserializer gives them that knows no types.</summary>
public abstract class JsonValuesSpec(TestDatabase database) : DatabaseSpec(database)
{
    [Theory]
    [InlineData("insert")]
    [InlineData("upsert")]
    [InlineData("update")]
    public async Task Values_of_a_deserialized_dictionary_are_what_they_are(string verb)
    {
        var name = Database.NewName("deserialized");
        await Database.ExecuteAsync($"CREATE TABLE {name} (id integer PRIMARY KEY, word varchar(20), none varchar(20), n integer, price double precision, doc json)");
        var table = await Engine.ReadTableAsync(name);
        var json = JsonSerializer.Deserialize<Dictionary<string, object?>>("""{"id": 1, "word": "a", "none": null, "n": 3, "price": 1.5, "doc": {"b": [1, "x"]}}""")!;
        json["none"] = JsonElement.Parse("null");
        if (verb is "update")
            await Database.ExecuteAsync($"INSERT INTO {name} (id, none) VALUES (1, 'there')");
        var rows = RowSource.From([json]);
        var result = verb switch
        {
            "insert" => await Engine.InsertAsync(rows, table),
            "upsert" => await Engine.UpsertAsync(rows, table: table),
            _ => await Engine.UpdateAsync(rows, table: table),
        };
        Assert.Equal(1, result.Read);
        var row = Assert.Single(await Database.QueryAsync($"SELECT word, none, n, price, doc FROM {name}"));
        Assert.Equal(("a", null, 3L, 1.5), (row[0], row[1], Convert.ToInt64(row[2], System.Globalization.CultureInfo.InvariantCulture), row[3]));
        Assert.Equal("""{"b": [1, "x"]}""", row[4]);
    }
}
