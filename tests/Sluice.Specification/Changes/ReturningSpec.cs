using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Changes;

[Table("tickets")]
public sealed partial record Ticket([property: Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)] long Id, string Subject, double? Weight);

/// <summary>Rows come back with the numbers that the database gave them, each with its own and in the order of the source.</summary>
public abstract class ReturningSpec(TestDatabase database) : DatabaseSpec(database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS tickets");
        await Engine.CreateTableAsync(Ticket.Table, Stop);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_row_has_its_own_number_though_others_write_too(bool isAtomic)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        var random = new Random(3);
        Ticket[] rows = [.. Enumerable.Range(0, 7_000).Select(i => new Ticket(0, $"s{random.Next()}-{i}", i % 3 == 0 ? null : i / 4.0))];
        var given = new List<(Ticket Row, long Id)>();
        await foreach (var (row, id, action) in Engine.InsertReturningAsync(rows, Ticket.Table.Id, options: new() { ChunkSize = ChunkSize.Fixed(1_000), Commit = commit }, cancellationToken: Stop))
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

    sealed record Stored(long Id, string Subject);

    static Ticket[] Tickets(params string[] subjects) => [.. subjects.Select(subject => new Ticket(0, subject, null))];

    async Task UniqueSubjectAsync() => await Database.ExecuteAsync("CREATE UNIQUE INDEX tickets_subject ON tickets (subject)");

    async Task<Dictionary<string, long>> StoredAsync() =>
        (await Database.QueryAsync("SELECT subject, id FROM tickets")).ToDictionary(r => (string)r[0]!, r => Convert.ToInt64(r[1], System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task Rows_that_were_left_alone_come_back_with_the_number_that_they_have()
    {
        await UniqueSubjectAsync();
        await Engine.InsertAsync(Tickets("b", "d"), cancellationToken: Stop);
        var before = await StoredAsync();
        var actions = new List<RowAction>();
        var given = new List<(string, long)>();
        await foreach (var (row, id, action) in Engine.UpsertReturningAsync(Tickets("a", "b", "c", "d", "e"), Ticket.Table.Id, on: on => on.Columns(Ticket.Table.Subject).DoNothing(), cancellationToken: Stop))
        {
            given.Add((row.Subject, id));
            actions.Add(action);
        }
        var stored = await StoredAsync();
        Assert.Equal(["a", "b", "c", "d", "e"], given.Select(g => g.Item1));
        Assert.All(given, g => Assert.Equal(stored[g.Item1], g.Item2));
        Assert.Equal((before["b"], before["d"]), (given[1].Item2, given[3].Item2));
        Assert.Equal([RowAction.Inserted, RowAction.Unchanged, RowAction.Inserted, RowAction.Unchanged, RowAction.Inserted], actions);
    }

    [Fact]
    public async Task Shuffled_rows_get_their_own_numbers_although_a_trigger_runs_and_numbers_are_missing()
    {
        await UniqueSubjectAsync();
        await Database.CreateNotingTriggerAsync("tickets");
        var random = new Random(17);
        string[] subjects = [.. Enumerable.Range(0, 10_000).Select(i => $"s{i}")];
        random.Shuffle(subjects);
        await Engine.InsertAsync(Tickets([.. subjects.Where((_, i) => i % 2 == 0)]), cancellationToken: Stop);
        await Database.ExecuteAsync("DELETE FROM tickets WHERE id % 7 = 0");
        random.Shuffle(subjects);
        var given = new List<(string Subject, long Id)>();
        await foreach (var (row, id, _) in Engine.UpsertReturningAsync(Tickets(subjects), Ticket.Table.Id, on: on => on.Columns(Ticket.Table.Subject).Set(Ticket.Table.Weight), cancellationToken: Stop))
            given.Add((row.Subject, id));
        var stored = await StoredAsync();
        Assert.Equal(subjects, given.Select(g => g.Subject));
        Assert.All(given, g => Assert.Equal(stored[g.Subject], g.Id));
        Assert.Equal(10_000, stored.Count);
    }

    [Fact]
    public async Task Inserted_rows_keep_their_own_numbers_under_a_trigger()
    {
        await Database.CreateNotingTriggerAsync("tickets");
        var rows = Tickets([.. Enumerable.Range(0, 6_000).Select(i => $"s{i * 7919 % 6_000}")]);
        var given = new Dictionary<string, long>();
        await foreach (var (row, id, _) in Engine.InsertReturningAsync(rows, Ticket.Table.Id, cancellationToken: Stop))
            given.Add(row.Subject, id);
        Assert.Equal(await StoredAsync(), given);
    }

    [Fact]
    public async Task Several_columns_come_back_as_a_row()
    {
        await UniqueSubjectAsync();
        await Engine.InsertAsync(Tickets("b"), cancellationToken: Stop);
        var given = new List<Stored>();
        await foreach (var (_, stored, _) in Engine.InsertReturningAsync<Ticket, Stored>(Tickets("x", "y"), [Ticket.Table.Subject, Ticket.Table.Id], cancellationToken: Stop))
            given.Add(stored);
        await foreach (var (_, stored, _) in Engine.UpsertReturningAsync<Ticket, Stored>(
            Tickets("z", "b"), [Ticket.Table.Id, Ticket.Table.Subject], on: on =>
                on.Columns(Ticket.Table.Subject).Where(Ticket.Table.Weight > 1), cancellationToken: Stop))
            given.Add(stored);
        Assert.Equal(["x", "y", "z", "b"], given.Select(g => g.Subject));
        Assert.Equal(await StoredAsync(), given.ToDictionary(g => g.Subject, g => g.Id));
    }

    [Theory]
    [InlineData(false, "first")]
    [InlineData(true, "last")]
    public async Task Rows_that_a_policy_drops_come_back_as_skipped(bool keepsLast, string kept)
    {
        var duplicates = keepsLast ? Duplicates.KeepLast : Duplicates.KeepFirst;
        await UniqueSubjectAsync();
        Ticket[] rows = [new(0, "a", 1), new(0, "b", 2), new(0, "a", 3), new(0, "a", 4), new(0, "c", 5)];
        var returned = Engine.UpsertReturningAsync<Ticket, double?>(
            rows, [Ticket.Table.Weight], on: on =>
                on.Columns(Ticket.Table.Subject), options: new() { Duplicates = duplicates, ChunkSize = ChunkSize.Fixed(2) }, cancellationToken: Stop);
        var given = new List<(Ticket, double?, RowAction)>();
        await foreach (var outcome in returned)
            given.Add(outcome);
        Assert.Equal(rows, given.Select(g => g.Item1));
        (double?, RowAction) skipped = (null, RowAction.Skipped);
        Assert.Equal(
            [kept == "first" ? (1, RowAction.Inserted) : skipped, (2, RowAction.Inserted), skipped, kept == "last" ? (4, RowAction.Inserted) : skipped, (5, RowAction.Inserted)],
            given.Select(g => (g.Item2, g.Item3)));
        Assert.Equal((5, 3, 2), (returned.Result.Read, returned.Result.Inserted, returned.Result.Skipped));
        Assert.Equal(3, await Database.CountAsync("tickets"));
    }

    [Fact]
    public async Task Keys_that_find_nothing_are_named()
    {
        await UniqueSubjectAsync();
        await Engine.InsertAsync(Tickets("a", "b", "c"), cancellationToken: Stop);
        var updated = Engine.UpdateReturningAsync<Ticket, double?>(
            [new(0, "x", 1), new(0, "b", 2), new(0, "y", 3)], [Ticket.Table.Weight], on: on =>
                on.Columns(Ticket.Table.Subject).Set(Ticket.Table.Weight), cancellationToken: Stop);
        var unmatched = new List<string>();
        await foreach (var (row, weight, action) in updated)
        {
            if (action is RowAction.Skipped)
                unmatched.Add(row.Subject);
            else
                Assert.Equal((RowAction.Updated, row.Weight), (action, weight));
        }
        Assert.Equal(["x", "y"], unmatched);
        var deleted = new List<(string, RowAction)>();
        await foreach (var (row, weight, action) in Engine.DeleteReturningAsync<Ticket,
            double?>(Tickets("c", "x", "b"), [Ticket.Table.Weight], on: on => on.Columns(Ticket.Table.Subject), cancellationToken: Stop))
        {
            deleted.Add((row.Subject, action));
            Assert.Equal(row.Subject == "b" ? 2 : null, weight);
        }
        Assert.Equal([("c", RowAction.Deleted), ("x", RowAction.Skipped), ("b", RowAction.Deleted)], deleted);
        Assert.Equal(["a"], (await StoredAsync()).Keys);
    }

    [Table("notes")]
    sealed class Note
    {
        [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
        public long Id { get; set; }

        public string? Code { get; init; }

        public string Body { get; init; } = "";
    }

    [Fact]
    public async Task Numbers_are_written_back_to_the_objects_and_nulls_in_a_key_conflict_with_nothing()
    {
        var table = Sluice.Table.For<Note>();
        await Database.ExecuteAsync("DROP TABLE IF EXISTS notes");
        await Engine.CreateTableAsync(table, Stop);
        await Database.ExecuteAsync("CREATE UNIQUE INDEX notes_code ON notes (code)");
        await Engine.InsertAsync([new Note { Code = "k", Body = "old" }, new Note { Body = "none" }], cancellationToken: Stop);
        Note[] notes = [new() { Body = "n1" }, new() { Code = "k", Body = "new" }, new() { Body = "n2" }, new() { Code = "j", Body = "j" }];
        var result = await Engine.UpsertReturningAsync(notes, table.Column<long>("id"), on: on => on.Columns(table.Column<string>("code")),
            cancellationToken: Stop)
            .WriteBackAsync(static (note, id) => note.Id = id);
        Assert.Equal((3, 1), (result.Inserted, result.Updated));
        var stored = await Database.QueryAsync("SELECT id, body FROM notes WHERE body <> 'none'");
        Assert.Equal(
            notes.Select(n => (n.Id, n.Body)).OrderBy(n => n.Body),
            stored.Select(r => (Convert.ToInt64(r[0], System.Globalization.CultureInfo.InvariantCulture), (string)r[1]!)).OrderBy(n => n.Item2));
        Assert.Equal(5, await Database.CountAsync("notes"));
    }

    [Fact]
    public async Task A_load_runs_once_however_often_its_rows_are_asked_for()
    {
        var returned = Engine.InsertReturningAsync(Tickets("a", "b"), Ticket.Table.Id, cancellationToken: Stop);
        await returned.WriteBackAsync((_, _) => { }, Stop);
        var again = await Assert.ThrowsAsync<InvalidOperationException>(() => returned.WriteBackAsync((_, _) => { }, Stop));
        Assert.Contains("were enumerated before", again.Message, StringComparison.Ordinal);
        Assert.Equal(2, returned.Result.Inserted);
        Assert.Equal(2, await Database.CountAsync("tickets"));
    }
}
