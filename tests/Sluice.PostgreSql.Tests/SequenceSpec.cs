using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace Sluice.PostgreSql.Tests;

[RowOf("numbered_notes")]
public sealed partial record NumberedNote([property: Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)] long Id, string Text);

/// <summary>Returned numbers come from the sequence that the column's default names.</summary>
public abstract class SequenceSpec(TestPostgres database) : IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS numbered_notes, numbered_parents CASCADE; DROP SEQUENCE IF EXISTS hand_made; CREATE SEQUENCE hand_made START 1000");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("CREATE TABLE numbered_notes (id bigint PRIMARY KEY DEFAULT nextval('hand_made'), text text)", 1_000)]
    [InlineData("CREATE TABLE numbered_notes (id bigserial PRIMARY KEY, text text); ALTER TABLE numbered_notes ALTER id SET DEFAULT nextval('hand_made')", 1_000)]
    [InlineData("CREATE TABLE numbered_parents (id bigserial, text text) PARTITION BY RANGE (id); CREATE TABLE numbered_notes PARTITION OF numbered_parents DEFAULT", 1)]
    [InlineData("CREATE TABLE numbered_parents (id bigserial, text text); CREATE TABLE numbered_notes (LIKE numbered_parents INCLUDING DEFAULTS)", 1)]
    public async Task The_numbers_are_those_that_the_server_would_give(string sql, long first)
    {
        await database.ExecuteAsync(sql);
        var ids = new List<long>();
        await foreach (var row in database.Engine.InsertReturningAsync([new NumberedNote(0, "a"), new NumberedNote(0, "b")], NumberedNote.Table.Id, cancellationToken: Stop))
            ids.Add(row.Value);
        Assert.Equal(first, ids[0]);
        Assert.Equal(ids, (await database.QueryAsync("SELECT id FROM numbered_notes ORDER BY text")).Select(r => (long)r[0]!));
        await database.ExecuteAsync("INSERT INTO numbered_notes (text) VALUES ('c')");
        Assert.Equal(3, await database.CountAsync("numbered_notes"));
    }
}

public sealed class Postgres15SequenceSpec(Postgres15 database) : SequenceSpec(database), IClassFixture<Postgres15>;

public sealed class Postgres18SequenceSpec(Postgres18 database) : SequenceSpec(database), IClassFixture<Postgres18>;
