using Sluice.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests;

/// <summary>Names that the server would cut off, so that they are another table's.</summary>
public sealed class LongNameTests(Postgres18 database) : IClassFixture<Postgres18>
{
    const string Server = "a_table_whose_name_has_exactly_as_many_letters_as_there_may_bee";
    const string Long = Server + "_1";

    sealed record Row(int Id, string Name);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly Table s_described = new(Long, null, [new Column<int>("id", SqlType.Integer), new Column<string>("name", SqlType.Text)], [0]);

    static RowSource Rows => RowSource.From(Enumerable.Range(1, 5).Select(i => new Row(i, "long")));

    static readonly Func<Engine, Task>[] s_ways =
    [
        engine => engine.InsertAsync(Rows, s_described, cancellationToken: Stop),
        engine => engine.InsertAsync(Rows, s_described, options: new() { Target = new() { CreateTable = true } }, cancellationToken: Stop),
        engine => engine.InsertAsync(Rows, s_described, options: new() { Target = new() { Path = RowPath.Arrays } }, cancellationToken: Stop),
        engine => engine.PlanInsertAsync(Rows, s_described, cancellationToken: Stop),
        engine => engine.UpsertAsync(Rows, table: s_described, cancellationToken: Stop),
        engine => engine.UpdateAsync(Rows, table: s_described, cancellationToken: Stop),
        engine => engine.DeleteAsync(Rows, table: s_described, cancellationToken: Stop),
        engine => engine.SyncAsync(Rows, s_described.Column<int>("id") > 0, table: s_described, cancellationToken: Stop),
        engine => engine.ExecuteManyAsync(Update(s_described).Set(s_described.Column<string>("name"), "x").Where(s_described.Column<int>("id") == Sql.Row(s_described.Column<int>("id"))), Rows, cancellationToken: Stop),
        engine => engine.ExecuteAsync(DeleteFrom(s_described).Where(s_described.Column<int>("id") > 0), Stop),
        engine => engine.QueryAsync<Row>(Select(s_described).From(s_described), Stop),
        async engine => await (await engine.OpenRowsAsync(s_described, cancellationToken: Stop)).DisposeAsync(),
        engine => engine.ReadTableAsync(Long, cancellationToken: Stop),
        engine => engine.CreateTableAsync(s_described, Stop),
    ];

    [Fact]
    public async Task No_verb_query_or_source_takes_the_table_of_the_first_63_bytes()
    {
        database.Require();
        Assert.Equal(63, Server.Length);
        await database.ExecuteAsync($"CREATE TABLE {Server} (id int PRIMARY KEY, name text); INSERT INTO {Server} VALUES (1, 'short')");
        await using var engine = database.CreateEngine();
        for (var i = 0; i < s_ways.Length; i++)
        {
            var refused = await Record.ExceptionAsync(() => s_ways[i](engine));
            Assert.Equal($"{i}: SLU0112", $"{i}: {(refused as BulkPlanException)?.Code ?? refused?.ToString() ?? "taken"}");
        }
        Assert.Equal("1|short", (await database.RunPsqlAsync($"SELECT * FROM {Server}")).Trim());
    }

    [Fact]
    public async Task A_schema_and_a_table_may_be_longer_together()
    {
        database.Require();
        await database.ExecuteAsync($"DROP SCHEMA IF EXISTS {Server} CASCADE; CREATE SCHEMA {Server}; CREATE TABLE {Server}.{Server} (id int PRIMARY KEY, name text)");
        await using var engine = database.CreateEngine();
        Assert.Equal(5, (await engine.InsertAsync(Rows, await engine.ReadTableAsync($"{Server}.{Server}", cancellationToken: Stop), cancellationToken: Stop)).Inserted);
    }
}
