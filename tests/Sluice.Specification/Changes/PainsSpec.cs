using System.Collections;
using System.Globalization;
using Sluice.Rows;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>What users of bulk libraries complain of, shown not to happen here.</summary>
/// <remarks>
/// Twenty-five complaints, and the tests that show each. Those on mapped entities (converters, owned types, inheritance, execution strategies) belong to EF Core's.
/// <list type="number">
/// <item>An upsert changes the schema: No_verb_changes_the_schema…, A_key_is_found_by_the_name…, A_predicate_that_no_index_has…</item>
/// <item>Wrong ids on objects: Shuffled_rows_get_their_own_numbers…, Each_row_has_its_own_number_though_others_write_too</item>
/// <item>No ids of rows that were left alone: Rows_that_were_left_alone_come_back_with_the_number_that_they_have</item>
/// <item>Inserted or updated: What_became_of_each_row_is_told_on_partitions_too, EveryVerbTests, ShapesSpec</item>
/// <item>Two rows of one key: Of_two_rows_of_one_key_the_error_names_both_numbers_in_every_verb, Of_two_rows_of_one_key_one_is_kept</item>
/// <item>Rows are lost: A_source_is_enumerated_once_and_every_row_is_accounted_for</item>
/// <item>Partial unique indexes: What_is_deleted_by_a_mark_is_no_counterpart…, A_partial_unique_index_is_a_target_with_its_predicate</item>
/// <item>Nulls in keys: A_null_in_a_key_never_conflicts…, Nulls_in_a_key_find_nulls…, A_key_whose_nulls_are_equal_is_honoured</item>
/// <item>Which row failed: The_row_at_fault_is_named_and_the_others_are_kept_by_chunks, A_text_that_cannot_be_stored_is_refused…</item>
/// <item>Strict types of COPY: Whole_numbers_fit_columns_of_every_number_type, NumberEncoderSpec</item>
/// <item>Zero characters: A_text_that_cannot_be_stored_is_refused_by_row_and_column_and_shown_on_request</item>
/// <item>Kinds and offsets of times: Times_are_stored_alike_by_every_verb, TimeEncoderSpec</item>
/// <item>Converters of enumerations: EF Core's</item>
/// <item>JSON, owned and complex types: EF Core's</item>
/// <item>Inheritance: EF Core's</item>
/// <item>Graphs: GraphSpec</item>
/// <item>Identity, default and computed columns: ColumnPainsSpec, On_a_table_with_computed_and_numbered_columns</item>
/// <item>An update inserts or empties columns: An_update_never_inserts…, Weather_is_updated_from_a_second_file…</item>
/// <item>Temporary tables: Ten_calls_in_one_transaction…, EveryVerbTests, PgBouncerTests, A_backend_that_is_killed_in_the_middle_leaves_nothing</item>
/// <item>Deadlocks: Opposite_orders_never_deadlock, Children_are_written_beside_changes_of_their_parents_without_a_deadlock</item>
/// <item>Retries and execution strategies: EF Core's</item>
/// <item>Connections: A_callers_connection_is_as_it_was…, A_file_is_let_go_after_success_error_and_cancellation</item>
/// <item>Memory: A_million_rows_stream_through_an_upsert_in_the_memory_of_a_few_chunks_and_the_keys</item>
/// <item>Speed: the comparison benchmarks; Waiting_for_a_lock_holds_no_thread</item>
/// <item>Licence and dependencies: the tests of packages and dependencies among those of the architecture</item>
/// </list>
/// </remarks>
public abstract class PainsSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly Device.DeviceTable s_d = Device.Table;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Engine.CreateTableAsync(s_d, Stop);
    }

    static Device[] Devices(int count, string? note = null) => [.. Enumerable.Range(0, count).Select(i => new Device(i % 5, $"n{i}", i, i / 4.0, note))];

    protected abstract string SchemaSql { get; }

    async Task<string> SchemaAsync() => await Database.RunClientAsync(SchemaSql);

    [Fact]
    public async Task No_verb_changes_the_schema_and_a_missing_key_is_an_error_with_the_keys_that_there_are()
    {
        await Database.ExecuteAsync("CREATE UNIQUE INDEX devices_version ON devices (version)");
        var before = await SchemaAsync();
        await Engine.UpsertAsync(Devices(6_000), on: on => on.Columns(s_d.Version), cancellationToken: Stop);
        await Engine.UpdateAsync(Devices(6_000, "u"), on: on => on.Columns(s_d.Version).Set(s_d.Note), cancellationToken: Stop);
        await Engine.SyncAsync(Devices(5_000), s_d.Site == 1, cancellationToken: Stop);
        await Engine.DeleteAsync(Devices(100), cancellationToken: Stop);
        Assert.Equal(before, await SchemaAsync());
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.UpsertAsync(new OnlyOnce(Devices(1), mayStart: false), on: on => on.Columns(s_d.Note), cancellationToken: Stop));
        Assert.Equal("SLU0132", refused.Code);
        Assert.Contains("devices_version", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12_000)]
    public async Task A_source_is_enumerated_once_and_every_row_is_accounted_for(int count)
    {
        await Engine.InsertAsync(Devices(count).Where((_, i) => i % 3 == 0), cancellationToken: Stop);
        var upsert = await Engine.UpsertAsync(new OnlyOnce(Devices(count, "new")), on: on => on.Where(s_d.Version % 2 == 0),
            cancellationToken: Stop);
        Assert.True(upsert.IsBalanced);
        Assert.Equal(count, upsert.Inserted + upsert.Updated + upsert.Unchanged);
        Assert.Equal(count, (await Engine.UpdateAsync(new OnlyOnce(Devices(count, "again")), cancellationToken: Stop)).Updated);
        Assert.Equal(count, await Database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note = 'again'"));
        Assert.Equal(count, (await Engine.DeleteAsync(new OnlyOnce(Devices(count)), cancellationToken: Stop)).Deleted);
        Assert.Equal(0, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task An_update_never_inserts_and_says_how_many_keys_found_nothing()
    {
        await Engine.InsertAsync(Devices(10), cancellationToken: Stop);
        var result = await Engine.UpdateAsync(Devices(25, "u"), on: on => on.Set(s_d.Note), cancellationToken: Stop);
        Assert.Equal((10, 15, 0), (result.Updated, result.Skipped, result.Inserted));
        Assert.Equal(10, await Database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note = 'u' AND value IS NOT NULL"));
        Assert.Equal(10, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task Ten_calls_in_one_transaction_leave_nothing_behind_but_their_rows()
    {
        var before = await SchemaAsync();
        await using (var transaction = await Engine.BeginAsync(cancellationToken: Stop))
        {
            for (var call = 0; call < 10; call++)
            {
                var note = call.ToString(CultureInfo.InvariantCulture);
                Assert.Equal(4_000, (await transaction.UpsertAsync(Devices(4_000, note), cancellationToken: Stop)).Loaded);
            }
            await Assert.ThrowsAsync<BulkRowException>(() => transaction.UpsertAsync([.. Devices(3_500), Devices(1)[0]], cancellationToken: Stop));
            Assert.Equal(4_000, (await transaction.UpdateAsync(Devices(4_000, "last"), cancellationToken: Stop)).Updated);
            await transaction.CommitAsync(Stop);
        }
        Assert.Equal(4_000, await Database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note = 'last'"));
        Assert.Equal(before, await SchemaAsync());
    }

    [Fact]
    public async Task The_row_at_fault_is_named_and_the_others_are_kept_by_chunks()
    {
        await Database.ExecuteAsync("CREATE UNIQUE INDEX devices_value ON devices (value)");
        var rows = Devices(900);
        rows[777] = rows[777] with { Value = rows[5].Value };
        var options = new BulkOptions { Order = RowOrder.AsGiven, ChunkSize = ChunkSize.Fixed(100), Commit = CommitPolicy.PerChunk };
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(rows, options: options, cancellationToken: Stop));
        Assert.Equal((778L, 700L, "23505"), (refused.RowNumber, refused.RowsKept, refused.SqlState));
        Assert.Equal(700, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task A_sync_leaves_what_is_outside_its_scope()
    {
        await Engine.InsertAsync(Devices(100), cancellationToken: Stop);
        var result = await Engine.SyncAsync(Devices(100).Where(d => d.Site == 2 && d.Version < 50), s_d.Site == 2, cancellationToken: Stop);
        Assert.Equal((10, 10), (result.Updated, result.Removed));
        Assert.Equal(80, await Database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE site <> 2"));
    }

    [Fact]
    public async Task Several_connections_write_side_by_side_and_lose_nothing()
    {
        await Engine.InsertAsync(Devices(20_000).Where((_, i) => i % 2 == 0), cancellationToken: Stop);
        var options = new BulkOptions { Parallelism = 3, Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(700) };
        var rows = Devices(20_000, "parallel");
        new Random(5).Shuffle(rows);
        var result = await Engine.UpsertAsync(rows, options: options, cancellationToken: Stop);
        Assert.Equal((20_000, 10_000, 10_000), (result.Read, result.Inserted, result.Updated));
        Assert.Equal(20_000, await Database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note = 'parallel'"));
        Assert.True(result.IsBalanced);
        Assert.Equal(29, result.Commits);

        rows[15_000] = rows[15_000] with { Name = rows[2].Name, Site = rows[2].Site };
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(rows, options: options, cancellationToken: Stop));
        Assert.Equal("SLU0205", refused.Code);
        var atomic = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.UpsertAsync(rows, options: options with { Commit = CommitPolicy.Atomic }, cancellationToken: Stop));
        Assert.Equal("SLU0144", atomic.Code);
        Assert.Empty(await Database.OpenWorkAsync());
    }

    [Fact]
    public async Task A_table_that_changed_since_the_last_call_is_seen_as_it_is()
    {
        var rows = Devices(3);
        await Engine.UpsertAsync(rows, cancellationToken: Stop);
        await Engine.UpsertAsync(rows, cancellationToken: Stop);
        await Database.ExecuteAsync("ALTER TABLE devices RENAME COLUMN note TO remark");
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.UpsertAsync(rows, cancellationToken: Stop));
        Assert.Equal("SLU0103", refused.Code);
        await Database.ExecuteAsync("ALTER TABLE devices RENAME COLUMN remark TO note");
        await Database.ExecuteAsync("CREATE UNIQUE INDEX devices_value ON devices (value)");
        Assert.Equal(3, (await Engine.UpsertAsync(rows, cancellationToken: Stop)).Updated);
        var taken = await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync([rows[0], new Device(9, "x", 1, rows[1].Value, null)], cancellationToken: Stop));
        Assert.Equal((2L, "23505"), (taken.RowNumber, taken.SqlState));
        Assert.Equal(3, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task Dictionaries_with_other_keys_are_grouped_or_filled_and_nothing_is_dropped()
    {
        await Database.ExecuteAsync("DROP TABLE devices");
        await Database.ExecuteAsync("CREATE TABLE devices (site bigint NOT NULL, name varchar(20) NOT NULL, version integer NOT NULL DEFAULT 42, value double precision, note text, PRIMARY KEY (site, name))");
        IReadOnlyDictionary<string, object?>[] rows =
        [
            new Dictionary<string, object?> { ["site"] = 1L, ["name"] = "a", ["version"] = 1 },
            new Dictionary<string, object?> { ["name"] = "b", ["site"] = 1L },
            new Dictionary<string, object?> { ["site"] = 1L, ["name"] = "c" },
            new Dictionary<string, object?> { ["site"] = 2L, ["name"] = "a", ["note"] = "n" },
        ];
        var table = await Engine.ReadTableAsync("devices", Stop);
        var exact = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(RowSource.From(rows), table, cancellationToken: Stop));
        Assert.Equal("SLU0204", exact.Code);
        var grouped = await Engine.InsertAsync(RowSource.From(rows, DictionaryKeys.Group), table, cancellationToken: Stop);
        Assert.Equal((4, 4, 1), (grouped.Read, grouped.Inserted, grouped.Commits));
        Assert.Equal("1|a|1|\n1|b|42|\n1|c|42|\n2|a|42|n", await DictionariesAsync());

        var again = await Assert.ThrowsAsync<BulkRowException>(() => Engine.InsertAsync(RowSource.From(rows, DictionaryKeys.Group), table, cancellationToken: Stop));
        Assert.Equal(1L, again.RowNumber);
        IReadOnlyDictionary<string, object?>[] twice = [.. rows, new Dictionary<string, object?> { ["site"] = 1L, ["name"] = "b", ["value"] = 3.5 }];
        var doubled = await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(RowSource.From(twice, DictionaryKeys.Group), table: table, cancellationToken: Stop));
        Assert.Equal(("SLU0205", 5L), (doubled.Code, doubled.RowNumber));

        var defaults = new Dictionary<string, object?> { ["version"] = 7, ["note"] = null };
        Assert.Equal(4, (await Engine.UpsertAsync(RowSource.From(rows, DictionaryKeys.Fill(defaults)), table: table, cancellationToken: Stop)).Updated);
        Assert.Equal("1|a|1|\n1|b|7|\n1|c|7|\n2|a|7|n", await DictionariesAsync());
        var unknown = await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(
            RowSource.From([.. rows, new Dictionary<string, object?> { ["site"] = 3L, ["name"] = "z", ["value"] = 1.0 }], DictionaryKeys.Fill(defaults)), table: table, cancellationToken: Stop));
        Assert.Equal(("SLU0204", 5L), (unknown.Code, unknown.RowNumber));
    }

    [Fact]
    public async Task Of_grouped_dictionaries_what_was_kept_is_told_and_a_sync_is_refused()
    {
        await Engine.InsertAsync(Devices(4), cancellationToken: Stop);
        IReadOnlyDictionary<string, object?>[] rows =
        [
            new Dictionary<string, object?> { ["site"] = 7L, ["name"] = "a", ["version"] = 1 },
            new Dictionary<string, object?> { ["site"] = 7L, ["name"] = "b", ["version"] = 1, ["note"] = "n" },
            new Dictionary<string, object?> { ["site"] = 7L, ["name"] = "c", ["version"] = 1, ["note"] = "n" },
            new Dictionary<string, object?> { ["site"] = 7L, ["name"] = "d", ["version"] = null },
        ];
        var sync = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.SyncAsync(RowSource.From(rows[..3], DictionaryKeys.Group), s_d.Site >= 0, table: s_d, cancellationToken: Stop));
        Assert.Equal("SLU0150", sync.Code);
        Assert.Equal(4, await Database.CountAsync("devices"));
        var options = new BulkOptions { Commit = CommitPolicy.PerChunk };
        var refused = await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(RowSource.From(rows, DictionaryKeys.Group), table: s_d, options: options, cancellationToken: Stop));
        Assert.Equal((4L, 3L), (refused.RowNumber, refused.RowsKept));
        Assert.Contains("3 rows had been committed", refused.Message, StringComparison.Ordinal);
        Assert.Equal(7, await Database.CountAsync("devices"));
        var atomic = await Assert.ThrowsAsync<BulkRowException>(() => Engine.UpsertAsync(RowSource.From(rows, DictionaryKeys.Group), table: s_d, cancellationToken: Stop));
        Assert.Equal(0, atomic.RowsKept);
        Assert.Contains("4 rows had been read", atomic.Message, StringComparison.Ordinal);
    }

    async Task<string> DictionariesAsync() => (await Database.RunClientAsync("SELECT site, name, version, note FROM devices ORDER BY site, name")).Trim().ReplaceLineEndings("\n");

    [Fact]
    public async Task Any_key_can_hold_back_a_row_and_columns_can_note_the_change()
    {
        await Database.ExecuteAsync("CREATE UNIQUE INDEX devices_value ON devices (value)");
        await Engine.InsertAsync<Device>([new(1, "a", 1, 1, null), new(1, "b", 1, 2, null)], cancellationToken: Stop);
        var result = await Engine.UpsertAsync([new Device(1, "a", 9, 9, "x"), new Device(7, "z", 9, 2, "x"), new Device(8, "z", 9, 3, "x")],
            on: on => on.DoNothingOnAnyKey(), cancellationToken: Stop);
        Assert.Equal((1, 2), (result.Inserted, result.Unchanged));
        var changed = await Engine.UpsertAsync(
            [new Device(1, "a", 5, 10, "mine"), new Device(9, "n", 5, 11, "mine")], on: on =>
                on.AlsoSet(s_d.Note, Literal("changed")).InsertOnly(s_d.Version), cancellationToken: Stop);
        Assert.Equal((1, 1), (changed.Inserted, changed.Updated));
        Assert.Equal(
            ["1 a 1 changed", "9 n 5 mine"],
            (await Database.QueryAsync("SELECT site, name, version, note FROM devices WHERE note <> 'x' ORDER BY site")).Select(r => string.Join(' ', r)));
    }

    [Fact]
    public async Task Every_verb_can_be_planned_and_the_plan_has_its_statements_and_the_reason()
    {
        var source = RowSource.From(new OnlyOnce(Devices(10), mayStart: false));
        var upsert = (await Engine.PlanUpsertAsync(source, on: on => on.Where(Excluded(s_d.Version) > s_d.Version), cancellationToken: Stop)).ToString();
        Assert.Contains("ON CONFLICT (site, name) DO UPDATE SET", upsert, StringComparison.Ordinal);
        Assert.Contains("by key (site, name)", upsert, StringComparison.Ordinal);
        var update = await Engine.PlanUpdateAsync(source, on: on => on.Set(s_d.Note), cancellationToken: Stop);
        Assert.Contains(update.Statements, s => s.StartsWith("UPDATE devices SET note = ", StringComparison.Ordinal));
        Assert.Contains(update.LeftOut, left => left.StartsWith("Device.Value: ", StringComparison.Ordinal));
        Assert.Contains((await Engine.PlanDeleteAsync(source, cancellationToken: Stop)).Statements, s => s.StartsWith("DELETE FROM devices", StringComparison.Ordinal));
        var sync = await Engine.PlanSyncAsync(source, s_d.Site == 3, cancellationToken: Stop);
        Assert.Contains(sync.Statements, s => s.StartsWith("DELETE FROM devices", StringComparison.Ordinal) && s.Contains("NOT EXISTS", StringComparison.Ordinal));
        Assert.NotEmpty(sync.Reason);
        Assert.Equal("SLU0132", (await Assert.ThrowsAsync<BulkPlanException>(() => Engine.PlanUpsertAsync(source, on: on => on.Columns(s_d.Note), cancellationToken: Stop))).Code);
        Assert.Equal(0, await Database.CountAsync("devices"));
    }

    sealed class OnlyOnce(Device[] rows, bool mayStart = true) : IEnumerable<Device>
    {
        bool _started = !mayStart;

        public IEnumerator<Device> GetEnumerator()
        {
            if (_started)
                throw new InvalidOperationException("The source was enumerated when it must not be.");
            _started = true;
            return ((IEnumerable<Device>)rows).GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
