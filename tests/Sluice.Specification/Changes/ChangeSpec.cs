using Sluice.Rows;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>Upsert, update, delete and sync, by what is in the table afterwards and by the counts.</summary>
public abstract class ChangeSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly Device.DeviceTable s_d = Device.Table;

    static readonly Device[] s_there = [new(1, "a", 1, 1.5, "x"), new(1, "b", 2, null, null), new(2, "a", 3, 2.5, "y")];

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Engine.CreateTableAsync(s_d, Stop);
        await Engine.InsertAsync(s_there, cancellationToken: Stop);
    }

    async Task<string> TableAsync() =>
        (await Database.RunClientAsync("SELECT site, name, version, value, note FROM devices ORDER BY site, name;")).Trim().ReplaceLineEndings("\n");

    static (long Read, long Inserted, long Updated, long Deleted, long Unchanged, long Skipped, long Removed) Fates(BulkResult r) =>
        (r.Read, r.Inserted, r.Updated, r.Deleted, r.Unchanged, r.Skipped, r.Removed);

    [Fact]
    public async Task An_upsert_inserts_what_is_new_and_changes_what_is_there()
    {
        var result = await Engine.UpsertAsync([new Device(2, "b", 9, 9, "new"), new Device(1, "a", 7, null, "changed")], cancellationToken: Stop);
        Assert.Equal((2, 1, 1, 0, 0, 0, 0), Fates(result));
        Assert.Equal("1|a|7||changed\n1|b|2||\n2|a|3|2.5|y\n2|b|9|9|new".Replace("|9|9|", await NineAsync(), StringComparison.Ordinal), await TableAsync());
    }

    // sqlite3 prints a whole number in a REAL column with its point.
    async Task<string> NineAsync() => (await Database.RunClientAsync("SELECT value FROM devices WHERE version = 9;")).Trim() is var nine ? $"|9|{nine}|" : "";

    [Fact]
    public async Task An_upsert_changes_only_where_its_condition_holds()
    {
        var result = await Engine.UpsertAsync(
            [new Device(1, "a", 0, 8.5, "older"), new Device(1, "b", 5, 8.5, "newer"), new Device(3, "c", 1, 8.5, "new")],
            on: on => on.Columns(s_d.Site, s_d.Name).Where(Excluded(s_d.Version) > s_d.Version), cancellationToken: Stop);
        Assert.Equal((3, 1, 1, 0, 1, 0, 0), Fates(result));
        Assert.Equal("1|a|1|1.5|x\n1|b|5|8.5|newer\n2|a|3|2.5|y\n3|c|1|8.5|new", await TableAsync());
    }

    [Fact]
    public async Task An_upsert_sets_expressions_over_both_rows_and_leaves_other_columns()
    {
        var result = await Engine.UpsertAsync(
            [new Device(1, "a", 10, 5, "in"), new Device(3, "c", 1, 8.5, "new")],
            on: on => on.Set(s_d.Version, s_d.Version + Excluded(s_d.Version)).Set(s_d.Note), cancellationToken: Stop);
        Assert.Equal((2, 1, 1, 0, 0, 0, 0), Fates(result));
        Assert.Equal("1|a|11|1.5|in\n1|b|2||\n2|a|3|2.5|y\n3|c|1|8.5|new", await TableAsync());
    }

    [Fact]
    public async Task An_upsert_can_leave_rows_that_are_there_and_columns_of_creation()
    {
        var result = await Engine.UpsertAsync([new Device(1, "a", 10, 5, "in"), new Device(3, "c", 1, 8.5, "new")],
            on: on => on.DoNothing(), cancellationToken: Stop);
        Assert.Equal((2, 1, 0, 0, 1, 0, 0), Fates(result));
        await Engine.UpsertAsync([new Device(1, "a", 10, 8.5, "kept out")], on: on => on.InsertOnly(s_d.Note), cancellationToken: Stop);
        Assert.Equal("1|a|10|8.5|x\n1|b|2||\n2|a|3|2.5|y\n3|c|1|8.5|new", await TableAsync());
    }

    [Fact]
    public async Task A_conflict_target_that_the_table_has_not_is_refused_before_a_row_is_sent()
    {
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.UpsertAsync(s_there, on: on => on.Columns(s_d.Note), cancellationToken: Stop));
        Assert.Equal("SLU0132", refused.Code);
        Assert.Contains("(site, name)", refused.Message, StringComparison.Ordinal);
        Assert.Equal("SLU0132", (await Assert.ThrowsAsync<BulkPlanException>(() => Engine.UpsertAsync(s_there, on: on => on.Constraint("nothing"), cancellationToken: Stop))).Code);
        Assert.Equal(3, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task A_partial_unique_index_is_a_target_with_its_predicate()
    {
        await Database.ExecuteAsync("CREATE UNIQUE INDEX devices_note_" + Guid.NewGuid().ToString("N") + " ON devices (note) WHERE version > 0");
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.UpsertAsync(s_there, on: on => on.Columns(s_d.Note), cancellationToken: Stop));
        Assert.Contains("version > 0", refused.Message, StringComparison.Ordinal);
        var result = await Engine.UpsertAsync(
            [new Device(8, "z", 5, 8.5, "x"), new Device(9, "z", 6, 8.5, "q")], on: on =>
                on.Columns(s_d.Note).WhereIndex(s_d.Version > 0).Set(s_d.Version), cancellationToken: Stop);
        Assert.Equal((2, 1, 1, 0, 0, 0, 0), Fates(result));
        Assert.Equal("1|a|5|1.5|x\n1|b|2||\n2|a|3|2.5|y\n9|z|6|8.5|q", await TableAsync());
    }

    [Fact]
    public async Task An_update_changes_listed_columns_only_and_counts_unmatched_keys()
    {
        var rows = RowSource.From(["site", "name", "note"], [[1L, "a", "n1"], [2L, "a", null], [7L, "none", "n"]]);
        var result = await Engine.UpdateAsync(rows, table: s_d, cancellationToken: Stop);
        Assert.Equal((3, 0, 2, 0, 0, 1, 0), Fates(result));
        Assert.Equal("1|a|1|1.5|n1\n1|b|2||\n2|a|3|2.5|", await TableAsync());
    }

    [Fact]
    public async Task An_update_finds_rows_by_any_columns_and_under_a_condition()
    {
        var result = await Engine.UpdateAsync(
            RowSource.From(["site", "note"], [[1L, "both"], [2L, "one"], [3L, "none"]]), on: on =>
                on.Columns(s_d.Site), table: s_d, cancellationToken: Stop);
        Assert.Equal((3, 0, 2, 0, 0, 1, 0), Fates(result));
        Assert.Equal("1|a|1|1.5|both\n1|b|2||both\n2|a|3|2.5|one", await TableAsync());

        result = await Engine.UpdateAsync(
            RowSource.From(["site", "name", "version"], [[1L, "a", 5], [2L, "a", 1]]),
            on: on =>
                on.Set(s_d.Version, s_d.Version + Row(s_d.Version)).Where(Row(s_d.Version) > s_d.Version), table: s_d, cancellationToken: Stop);
        Assert.Equal((2, 0, 1, 0, 0, 1, 0), Fates(result));
        Assert.StartsWith("1|a|6|", await TableAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delete_removes_by_key()
    {
        var result = await Engine.DeleteAsync(RowSource.From(["site", "name"], [[1L, "a"], [9L, "a"], [2L, "a"]]), table: s_d, cancellationToken: Stop);
        Assert.Equal((3, 0, 0, 2, 0, 1, 0), Fates(result));
        Assert.Equal("1|b|2||", await TableAsync());
    }

    [Fact]
    public async Task A_sync_removes_what_is_missing_within_its_scope_and_nothing_else()
    {
        var result = await Engine.SyncAsync([new Device(1, "b", 8, 8.5, "kept"), new Device(1, "c", 1, 8.5, "new")], scope: s_d.Site == 1, cancellationToken: Stop);
        Assert.Equal((2, 1, 1, 0, 0, 0, 1), Fates(result));
        Assert.Equal("1|b|8|8.5|kept\n1|c|1|8.5|new\n2|a|3|2.5|y", await TableAsync());
    }

    [Fact]
    public async Task A_sync_of_nothing_needs_an_explicit_yes()
    {
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.SyncAsync(Array.Empty<Device>(), scope: s_d.Site == 1, cancellationToken: Stop));
        Assert.Equal("SLU0136", refused.Code);
        Assert.Equal(3, await Database.CountAsync("devices"));
        var result = await Engine.SyncAsync(Array.Empty<Device>(), scope: s_d.Site == 1, allowEmpty: true, cancellationToken: Stop);
        Assert.Equal((0, 0, 0, 0, 0, 0, 2), Fates(result));
        Assert.Equal("2|a|3|2.5|y", await TableAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_rows_of_one_key_are_an_error_that_names_both_however_far_apart(bool sorted)
    {
        Device[] rows = [.. Enumerable.Range(0, 9_000).Select(i => new Device(5, $"k{i:00000}", 1, 8.5, null)), new(5, "k00003", 2, 8.5, null)];
        if (!sorted)
            Array.Reverse(rows, 10, 8_000);
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(rows, options: new() { ChunkSize = ChunkSize.Fixed(1_000) }, cancellationToken: Stop));
        Assert.Equal(("SLU0205", 9_001L), (refused.Code, refused.RowNumber));
        Assert.Contains("as row 4", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3, await Database.CountAsync("devices"));
    }

    [Theory]
    [InlineData(false, 1, 3)]
    [InlineData(true, 3, 1)]
    public async Task Of_two_rows_of_one_key_one_is_kept(bool keepsLast, int first, int last)
    {
        var policy = keepsLast ? Duplicates.KeepLast : Duplicates.KeepFirst;
        var rows = Enumerable.Range(0, 2_500).Select(i => new Device(5, $"k{i * 7 % 1_250:00000}", i < 1_250 ? 1 : 3, 8.5, null));
        var result = await Engine.UpsertAsync(rows, options: new() { ChunkSize = ChunkSize.Fixed(300), Duplicates = policy }, cancellationToken: Stop);
        Assert.Equal((2_500, 1_250, 0, 0, 0, 1_250, 0), Fates(result));
        Assert.Equal(1_250, await Database.ScalarAsync<long>($"SELECT count(*) FROM devices WHERE site = 5 AND version = {first}"));
        Assert.Equal(0, await Database.ScalarAsync<long>($"SELECT count(*) FROM devices WHERE site = 5 AND version = {last}"));
    }

    [Theory]
    [InlineData(20_000, 700, true)]
    [InlineData(20_000, 5_000, true)]
    [InlineData(12_000, 5_000, false)]
    [InlineData(270_000, 5_000, true)]
    public async Task Many_rows_in_any_order_end_up_as_they_should(int count, int chunk, bool isAtomic)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        var random = new Random(7);
        Device Make(int i, int version) => new(i % 10 + 10, $"k{i:000000}", version, 8.5, null);
        await Engine.InsertAsync(Enumerable.Range(0, count / 2).Select(i => Make(i * 2, 1)), cancellationToken: Stop);
        var rows = Enumerable.Range(0, count).Select(i => Make(i, 2)).ToArray();
        random.Shuffle(rows);
        var options = new BulkOptions { ChunkSize = ChunkSize.Fixed(chunk), Commit = commit };
        Assert.Equal((count, count / 2, count / 2, 0, 0, 0, 0), Fates(await Engine.UpsertAsync(rows, options: options, cancellationToken: Stop)));
        Assert.Equal(count, await Database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE version = 2 AND site >= 10"));
        random.Shuffle(rows);
        Assert.Equal((count, 0, count, 0, 0, 0, 0),
            Fates(await Engine.UpdateAsync(rows.Select(r => r with { Version = 3 }), options: options, cancellationToken: Stop)));
        Assert.Equal(count, await Database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE version = 3 AND site >= 10"));
        Assert.Equal((count, 0, 0, count, 0, 0, 0), Fates(await Engine.DeleteAsync(rows, options: options, cancellationToken: Stop)));
        Assert.Equal(3, await Database.CountAsync("devices"));
    }

    [Theory]
    [InlineData(50)]
    [InlineData(6_000)]
    public async Task A_row_that_the_database_refuses_is_named(int count)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Database.ExecuteAsync("CREATE TABLE devices (site bigint, name varchar(40), version int NOT NULL, value double precision CHECK (value < 100), note text, PRIMARY KEY (site, name))");
        var rows = Enumerable.Range(0, count).Select(i => new Device(1, $"k{i:00000}", 1, i == count - 7 ? 500 : 8.5, null));
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(rows, cancellationToken: Stop));
        Assert.Equal((count - 6L, "23514"), (refused.RowNumber, refused.SqlState));
        Assert.Equal(0, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task A_statement_of_the_callers_runs_for_every_row()
    {
        var upsert = InsertInto(s_d).Rows().OnConflict(s_d.Site, s_d.Name)
            .DoUpdate(set => set.Set(s_d.Value, Excluded(s_d.Value)).Set(s_d.Note, "upserted")).Where(Excluded(s_d.Value) > s_d.Value);
        var result = await Engine.ExecuteManyAsync(upsert, [new Device(1, "a", 0, 9.5, "in"), new Device(2, "a", 0, 0.5, "in"), new Device(4, "d", 1, 1.5, "in")], cancellationToken: Stop);
        Assert.Equal((3, 1, 1, 0, 1, 0, 0), Fates(result));
        result = await Engine.ExecuteManyAsync(
            Update(s_d).Set(s_d.Version, s_d.Version * 100).Where(s_d.Site == Row(s_d.Site) & s_d.Name == Row(s_d.Name)),
            RowSource.From(["site", "name"], [[1L, "b"]]), cancellationToken: Stop);
        Assert.Equal(1, result.Updated);
        Assert.Equal("1|a|1|9.5|upserted\n1|b|200||\n2|a|3|2.5|y\n4|d|1|1.5|in", await TableAsync());
        var plan = await Engine.ExplainAsync(upsert, RowSource.From(s_there), cancellationToken: Stop);
        Assert.Contains("ON CONFLICT (site, name) DO UPDATE", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_transaction_it_is_the_callers_to_commit()
    {
        await using (var transaction = await Engine.BeginAsync(cancellationToken: Stop))
        {
            await transaction.UpsertAsync([new Device(1, "a", 77, 8.5, "t")], cancellationToken: Stop);
            await transaction.SyncAsync([new Device(2, "z", 1, 8.5, "t")], scope: s_d.Site == 2, cancellationToken: Stop);
            await Assert.ThrowsAsync<BulkRowException>(() => transaction.UpsertAsync([new Device(3, "a", 1, 1, null), new Device(3, "a", 2, 1, null)], cancellationToken: Stop));
            Assert.Equal(6_001, (await transaction.UpsertAsync(Enumerable.Range(0, 6_001).Select(i => new Device(4, $"{i}", 1, 1, null)), cancellationToken: Stop)).Inserted);
            Assert.Equal(6_001, (await transaction.DeleteAsync(Enumerable.Range(0, 6_001).Select(i => new Device(4, $"{i}", 1, 1, null)), cancellationToken: Stop)).Deleted);
            await transaction.CommitAsync(Stop);
        }
        Assert.Equal("1|a|77|8.5|t\n1|b|2||\n2|z|1|8.5|t", await TableAsync());
    }

    [Theory]
    [InlineData(10_000, 5_000, RowPath.Automatic)]
    [InlineData(700, 100, RowPath.Staging)]
    public async Task In_a_transaction_each_chunk_is_applied_once(int count, int chunk, RowPath path)
    {
        if (path is RowPath.Staging && Engine.Dialect.Name.StartsWith("SQLite", StringComparison.Ordinal))
            return;
        Device[] rows = [.. Enumerable.Range(0, count).Select(i => new Device(4, $"k{i:000000}", 1, 1, null))];
        var options = new BulkOptions { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(chunk), Path = path };
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);
        for (var round = 0; round < 2; round++)
        {
            var upserted = await transaction.UpsertAsync(rows, on: on => on.Set(s_d.Version, s_d.Version + Excluded(s_d.Version)),
                options: options, cancellationToken: Stop);
            Assert.Equal((count, round == 0 ? count : 0, round == 0 ? 0 : count, 0, 0, 0, 0), Fates(upserted));
        }
        Assert.Equal((count, 0, count, 0, 0, 0, 0),
            Fates(await transaction.UpdateAsync(rows, options: options, on: on => on.Set(s_d.Version, s_d.Version + Row(s_d.Version)), cancellationToken: Stop)));
        Assert.Equal(count, (await transaction.QueryAsync<Device>(Select(s_d).From(s_d).Where(s_d.Site == 4 & s_d.Version == 3), cancellationToken: Stop)).Count);
        Assert.Equal((count, 0, 0, count, 0, 0, 0), Fates(await transaction.DeleteAsync(rows, options: options, cancellationToken: Stop)));
        await transaction.CommitAsync(Stop);
        Assert.Equal(3, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task Rows_without_an_end_cost_nothing_when_there_are_none()
    {
        Assert.Equal((0, 0, 0, 0, 0, 0, 0), Fates(await Engine.UpsertAsync(Array.Empty<Device>(), cancellationToken: Stop)));
        Assert.Equal((0, 0, 0, 0, 0, 0, 0), Fates(await Engine.DeleteAsync(Array.Empty<Device>(), cancellationToken: Stop)));
        Assert.Equal(3, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task Nulls_in_a_key_find_nulls_where_they_are_said_to_be_equal()
    {
        await Engine.InsertAsync<Device>([new(41, "a", 1, 1, null), new(41, "b", 1, 1, "n"), new(42, "c", 1, 1, null)], cancellationToken: Stop);
        Device[] rows = [new(41, "", 55, 7, null), new(49, "", 5, 7, null)];
        var plain = await Engine.UpdateAsync(rows, on: on => on.Columns(Device.Table.Site, Device.Table.Note).Set(Device.Table.Version),
            cancellationToken: Stop);
        Assert.Equal((0, 2), (plain.Updated, plain.Skipped));
        var equal = await Engine.UpdateAsync(rows,
            on: on => on.Columns(Device.Table.Site, Device.Table.Note).NullsEqual().Set(Device.Table.Version), cancellationToken: Stop);
        Assert.Equal((1, 1), (equal.Updated, equal.Skipped));
        Assert.Equal(["a"], (await Database.QueryAsync("SELECT name FROM devices WHERE version = 55")).Select(r => r[0]));
        var twice = await Assert.ThrowsAsync<BulkRowException>(() => Engine.DeleteAsync([rows[0], rows[0]], on: on => on.Columns(Device.Table.Site, Device.Table.Note).NullsEqual(), cancellationToken: Stop));
        Assert.Equal("SLU0205", twice.Code);
        Assert.Equal(1, (await Engine.DeleteAsync(rows, on: on => on.Columns(Device.Table.Site, Device.Table.Note).NullsEqual(), cancellationToken: Stop)).Deleted);
    }
}
