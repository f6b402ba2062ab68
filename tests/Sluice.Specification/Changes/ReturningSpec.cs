using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Changes;

[Table("tickets")]
public sealed partial record Ticket([property: Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)] long Id, string Subject, double? Weight);

/// <summary>Rows come back with the numbers that the database gave them, each with its own and in the order of the source.</summary>
public abstract class ReturningSpec(TestDatabase database) : DatabaseSpec(database), IAsyncLifetime
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS tickets");
        await Engine.CreateTableAsync(Ticket.Table, Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(CommitPolicy.Atomic)]
    [InlineData(CommitPolicy.PerChunk)]
    public async Task Each_row_has_its_own_number_though_others_write_too(CommitPolicy commit)
    {
        var random = new Random(3);
        Ticket[] rows = [.. Enumerable.Range(0, 7_000).Select(i => new Ticket(0, $"s{random.Next()}-{i}", i % 3 == 0 ? null : i / 4.0))];
        var given = new List<(Ticket Row, long Id)>();
        await foreach (var (row, id, action) in Engine.InsertReturningAsync(rows, Ticket.Table.Id, new() { ChunkSize = ChunkSize.Fixed(1_000), Commit = commit }, Stop))
        {
            given.Add((row, id));
            Assert.Equal(RowAction.Inserted, action);
        }
        Assert.Equal(rows, given.Select(g => g.Row));
        var stored = (await Database.QueryAsync("SELECT id, subject FROM tickets")).ToDictionary(r => Convert.ToInt64(r[0], System.Globalization.CultureInfo.InvariantCulture), r => (string)r[1]!);
        Assert.Equal(7_000, stored.Count);
        Assert.All(given, pair => Assert.Equal(pair.Row.Subject, stored[pair.Id]));
        await Engine.InsertAsync([new Ticket(0, "after", null)], cancellationToken: Stop);
        Assert.Equal(7_001, await Database.CountAsync("tickets"));
    }

    [Fact]
    public async Task Left_early_nothing_is_kept()
    {
        await foreach (var (_, id, _) in Engine.InsertReturningAsync(Enumerable.Range(0, 100).Select(i => new Ticket(0, $"s{i}", i)), Ticket.Table.Id, cancellationToken: Stop))
        {
            if (id > 0)
                break;
        }
        Assert.Equal(0, await Database.CountAsync("tickets"));
    }

    [Fact]
    public async Task A_row_that_is_refused_is_named()
    {
        await Database.ExecuteAsync("CREATE UNIQUE INDEX tickets_subject ON tickets (subject)");
        var rows = Enumerable.Range(0, 300).Select(i => new Ticket(0, i == 211 ? "s5" : $"s{i}", i));
        var refused = await Assert.ThrowsAsync<BulkRowException>(async () =>
        {
            await foreach (var pair in Engine.InsertReturningAsync(rows, Ticket.Table.Id, cancellationToken: Stop))
                Assert.True(pair.Value > 0);
        });
        Assert.Equal((212L, "23505"), (refused.RowNumber, refused.SqlState));
        Assert.Equal(0, await Database.CountAsync("tickets"));
    }
}
