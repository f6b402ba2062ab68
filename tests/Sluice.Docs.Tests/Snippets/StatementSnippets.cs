using System.Threading.Channels;
using Sluice.Files;
using Sluice.Planning;
using Sluice.Specification;
using static Sluice.Sql;

namespace Sluice.Docs.Tests.Snippets;

/// <summary>What the documents show of statements, run on both databases.</summary>
public sealed class StatementSnippets(SnippetSqlite sqlite, SnippetPostgres postgres) : IClassFixture<SnippetSqlite>, IClassFixture<SnippetPostgres>
{
    static readonly DateTimeOffset s_noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_four_samples_and_a_hierarchy(bool onPostgres)
    {
        if (onPostgres)
            postgres.Require();
        var engine = onPostgres ? postgres.Engine : sqlite.Engine;
        await InsertInChunksAsync(engine);
        await UpsertAsync(engine);
        await ReadAsync(engine);
        await StreamAsync(engine);
        await ChangeAsync(engine);
        await UpdateFromStagingAsync(engine);
        await WalkAsync(engine);
        await TransactAsync(engine);
    }

    static async Task InsertInChunksAsync(Engine engine)
    {
        var payload = Enumerable.Range(0, 6_000).Select(i => new Reading(i / 100, s_noon.AddSeconds(i % 100), i, null));
        var ct = CancellationToken.None;

        // docs: sample-insert
        await engine.CreateTableAsync(Reading.Table, ct);
        var result = await engine.InsertAsync(payload, options: new BulkOptions { ChunkSize = ChunkSize.Fixed(2_500), Commit = CommitPolicy.PerChunk }, cancellationToken: ct);
        // end

        Assert.Equal((6_000, 3), (result.Inserted, result.Chunks));
    }

    static async Task UpsertAsync(Engine engine)
    {
        var noon = s_noon;

        // docs: sample-upsert
        var r = Reading.Table;
        var upsert = InsertInto(r).Columns(r.DeviceId, r.TakenAt, r.Value)
            .Values(7L, noon, 1_000_000.0)      // larger than what is there: updated
            .Values(8L, noon, -1.0)             // smaller: left alone
            .Values(99L, noon, 5.0)             // new: inserted
            .OnConflict(r.DeviceId, r.TakenAt)
            .DoUpdate(set => set.Set(r.Value, Excluded(r.Value)).Set(r.UpdatedAt, Now()))
            .Where(Excluded(r.Value) > r.Value);
        var changed = await engine.QueryAsync<long, double>(upsert.Returning(r.DeviceId, r.Value));
        // end

        Assert.Equal([(7L, 1_000_000.0), (99L, 5.0)], changed.Order());
        Assert.Equal(800.0, await engine.ScalarAsync<double>(Select(r.Value).From(r).Where(r.DeviceId == 8 & r.TakenAt == noon)));
    }

    static async Task ReadAsync(Engine engine)
    {
        var deviceId = 7L;

        // docs: sample-read
        var r = Reading.Table;
        var query = Select(r).From(r).Where(r.DeviceId == deviceId).OrderBy(r.TakenAt).Limit(10);
        IReadOnlyList<Reading> first = await engine.QueryAsync<Reading>(query);
        // end

        Assert.Equal(10, first.Count);
        Assert.Equal([1_000_000.0, 701, 702], first.Take(3).Select(x => x.Value));

        // docs: sample-first
        Reading? latest = await engine.QueryFirstOrDefaultAsync<Reading>(Select(r).From(r).OrderBy(r.TakenAt.Desc()));
        Reading? single = await engine.QuerySingleOrDefaultAsync<Reading>(Select(r).From(r).Where(r.DeviceId == 7 & r.Value == 701.0));
        var summary = Select(r.DeviceId, Count(), Min(r.Value), Max(r.Value)).From(r).GroupBy(r.DeviceId).OrderBy(r.DeviceId);
        foreach (var (device, count, low, high) in await engine.QueryAsync<long, long, double, double>(summary))
            Console.WriteLine($"{device}: {count} readings from {low} to {high}");
        // end

        Assert.Equal(s_noon.AddSeconds(99), latest!.TakenAt);
        Assert.Equal(s_noon.AddSeconds(1), single!.TakenAt);
    }

    static async Task StreamAsync(Engine engine)
    {
        var deviceId = 7L;
        var sum = 0.0;
        var ct = CancellationToken.None;

        // docs: sample-stream
        var r = Reading.Table;
        var query = Select(r).From(r).Where(r.DeviceId == deviceId).OrderBy(r.TakenAt);
        await foreach (var reading in engine.StreamAsync<Reading>(query, new StreamOptions { YieldPer = 1_000 }, ct))
            sum += reading.Value;
        // end

        Assert.Equal(await engine.ScalarAsync<double>(Select(Sum(r.Value)).From(r).Where(r.DeviceId == deviceId)), sum);
    }

    static async Task ChangeAsync(Engine engine)
    {
        var readings = Enumerable.Range(0, 200).Select(i => new Reading(7, s_noon.AddSeconds(i), i, null)).ToArray();
        var ct = CancellationToken.None;

        // docs: bulk-upsert
        var r = Reading.Table;
        BulkResult result = await engine.UpsertAsync(
            readings,
            on: on => on.Columns(r.DeviceId, r.TakenAt)
                .Set(r.Value).Set(r.UpdatedAt, Now())
                .Where(Excluded(r.Value) > r.Value | r.Value.IsNull()),
            cancellationToken: ct);
        Console.WriteLine($"{result.Inserted} new, {result.Updated} changed, {result.Unchanged} not newer");
        // end
        Assert.Equal((200, 100, 0, 100), (result.Read, result.Inserted, result.Updated, result.Unchanged));

        // docs: bulk-statement
        var upsert = InsertInto(r).Rows()
            .OnConflict(r.DeviceId, r.TakenAt)
            .DoUpdate(set => set.Set(r.Value, Excluded(r.Value)).Set(r.UpdatedAt, Now()))
            .Where(Excluded(r.Value) > r.Value);
        result = await engine.ExecuteManyAsync(upsert, readings, cancellationToken: ct);
        // end
        Assert.Equal((200, 0, 200), (result.Read, result.Updated, result.Unchanged));

        // docs: bulk-update
        result = await engine.UpdateAsync(readings, on: on => on.Set(r.Value), cancellationToken: ct);   // by key; the other columns stay
        result = await engine.DeleteAsync(readings[150..], cancellationToken: ct);
        // end
        Assert.Equal(50, result.Deleted);

        // docs: bulk-sync
        result = await engine.SyncAsync(readings[..120], scope: r.DeviceId == 7, cancellationToken: ct);
        Console.WriteLine($"{result.Removed} readings of device 7 were not among the rows and are gone");
        // end
        Assert.Equal((120, 30), (result.Updated, result.Removed));

        var actions = new List<RowAction>();
        readings = [.. readings[..3], .. readings[3..120].Select(reading => reading with { Value = reading.Value + 1 })];
        // docs: bulk-returning
        await foreach (var (reading, value, action) in engine.UpsertReturningAsync(readings, r.Value, on: on => on.Where(Excluded(r.Value) > r.Value), cancellationToken: ct))
        {
            if (action is RowAction.Unchanged)
                Console.WriteLine($"{reading.DeviceId} keeps its {value}");
            // end
            actions.Add(action);
        }
        Assert.Equal((3, 117), (actions.Count(a => a is RowAction.Unchanged), actions.Count(a => a is RowAction.Updated)));

        await MoveAsync(engine, readings, ct);

        await engine.CreateTableAsync(Table.For<Shelf>());
        await engine.CreateTableAsync(Table.For<Book>());
        // docs: bulk-graph
        var shelf = new Shelf { Name = "A", Books = { new Book { Title = "One" }, new Book { Title = "Two" } } };
        result = await engine.InsertGraphAsync([shelf], cancellationToken: ct);
        Console.WriteLine($"{result.Inserted} rows; book {shelf.Books[0].Id} stands on shelf {shelf.Books[0].ShelfId}");
        // end
        Assert.Equal(3, result.Inserted);
    }

    static async Task MoveAsync(Engine engine, Reading[] readings, CancellationToken ct)
    {
        var r = Reading.Table;
        var upsert = InsertInto(r).Rows().OnConflict(r.DeviceId, r.TakenAt).DoNothing();
        await engine.CreateTableAsync(new Table("readings_archive", null, r.Columns, [0, 1]), ct);
        var channel = Channel.CreateBounded<Reading>(50);
        var writing = Task.Run(
            async () =>
            {
                foreach (var reading in readings)
                    await channel.Writer.WriteAsync(reading, ct);
                channel.Writer.Complete();
            },
            ct);

        // docs: bulk-sources
        BulkResult live = await engine.UpsertAsync(channel.Reader, cancellationToken: ct);          // until the channel is completed
        var archive = await engine.ReadTableAsync("readings_archive", ct);
        BulkResult archived = await engine.InsertAsync(readings, table: archive, cancellationToken: ct);
        BulkPlan plan = await engine.ExplainAsync(upsert, cancellationToken: ct);                   // before there are rows
        // end

        await writing;
        Assert.Equal((readings.Length, readings.Length), (live.Updated, archived.Inserted));
        Assert.Equal(readings.Length, await engine.ScalarAsync<int>(Select(Count()).From(archive)));
        Assert.Contains("readings", plan.ToString(), StringComparison.Ordinal);
    }

    static async Task UpdateFromStagingAsync(Engine engine)
    {
        await engine.CreateTableAsync(Staged.Table);
        await engine.CreateTableAsync(Target.Table);
        await engine.InsertAsync([new Staged(1, "done"), new Staged(3, "lost")]);
        await engine.InsertAsync([new Target(1, "new", null), new Target(2, "new", null), new Target(3, "new", null)]);

        // docs: sample-update
        var s = Staged.Table;
        var t = Target.Table;
        var staging = Select(s.SourceId, s.NewStatus).From(s).AsCte("staging_data");
        var update = Update(t).Set(t.Status, staging[s.NewStatus]).Set(t.ProcessedAt, Now())
            .From(staging).Where(t.Id == staging[s.SourceId]).Returning(t.Id);
        var updated = await engine.QueryAsync<long>(update);
        // end

        Assert.Equal([1L, 3], updated.Order());
        Assert.Equal(["done", "new", "lost"], await engine.QueryAsync<string>(Select(t.Status).From(t).OrderBy(t.Id)));
    }

    static async Task WalkAsync(Engine engine)
    {
        await engine.CreateTableAsync(FlareClass.Table);
        await engine.InsertAsync(await FileRows.OpenAsync(Repository.PathTo("samples", "data", "flare.jsonl")), FlareClass.Table);

        // docs: sample-hierarchy
        var c = FlareClass.Table;
        var tree = RecursiveCte("tree", c.Id, c.Parent)
            .StartWith(Select(c.Id, c.Parent).From(c).Where(c.Parent.IsNull()))
            .ThenUnionAll(self => Select(c.Id, c.Parent).From(c).Join(self, c.Parent == self[c.Id]))
            .Cycle(c.Id);
        var reached = await engine.ScalarAsync<long>(Select(Count()).From(tree));
        // end

        Assert.Equal(File.ReadLines(Repository.PathTo("samples", "data", "flare.jsonl")).Count(line => line.Length > 0), reached);
    }

    static async Task TransactAsync(Engine engine)
    {
        var more = new[] { new Target(4, "new", null) };
        var ct = CancellationToken.None;

        // docs: transaction
        var t = Target.Table;
        await using var transaction = await engine.BeginAsync(cancellationToken: ct);
        await transaction.InsertAsync(more, cancellationToken: ct);
        long closed = await transaction.ExecuteAsync(DeleteFrom(t).Where(t.Status == "lost"), ct);
        await transaction.CommitAsync(ct);      // without it, disposal rolls back
        // end

        Assert.Equal(1, closed);
        Assert.Equal([1L, 2, 4], await engine.QueryAsync<long>(Select(t.Id).From(t).OrderBy(t.Id)));
    }

    [Fact]
    public void A_statement_is_shown_as_each_database_gets_it()
    {
        var engine = sqlite.Engine;
        using var printed = new StringWriter();
        var names = new[] { "a", "b" };

        // docs: render
        var t = Target.Table;
        var statement = Select(t.Id).From(t).Where(t.Status.In(names) & t.ProcessedAt == null!);
        RenderedStatement rendered = engine.Render(statement);
        printed.WriteLine(rendered.Text);
        // end

        Assert.Equal(
            "SELECT targets.id FROM targets WHERE targets.status IN (SELECT value FROM json_each($1)) AND targets.processed_at IS NULL" + Environment.NewLine,
            printed.ToString());
        Assert.Equal("""["a","b"]""", Assert.Single(rendered.Parameters).Value);
    }

    [Fact]
    public async Task Text_is_safe()
    {
        var engine = sqlite.Engine;
        var name = "'; DROP TABLE x; --";

        // docs: text
        var length = await engine.ScalarAsync<long>(Text($"SELECT length({name})"));
        // end

        Assert.Equal(name.Length, length);

        var t = Table.For<Noted>();
        await engine.CreateTableAsync(t);
        await engine.InsertAsync([new Noted(1, "x")]);
        var id = t.Column<int>("id");
        string? note = null;

        // docs: text-holes
        var changed = await engine.ExecuteAsync(Text($"UPDATE {t} SET note = coalesce({note}, note) WHERE {id} = {1}"));
        // end

        Assert.Equal(1, changed);
        Assert.Equal("UPDATE noted SET note = coalesce($1, note) WHERE noted.id = $2",
            engine.Render(Text($"UPDATE {t} SET note = coalesce({note}, note) WHERE {id} = {1}")).Text);
    }

    [System.ComponentModel.DataAnnotations.Schema.Table("noted")]
    sealed record Noted([property: System.ComponentModel.DataAnnotations.Key] int Id, string Note);
}
