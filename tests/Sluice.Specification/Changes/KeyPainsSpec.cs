using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using Sluice.Rows;
using Sluice.Specification.Databases;
using static Sluice.Sql;
using Table = Sluice.Table;

namespace Sluice.Specification.Changes;

/// <summary>A row that is deleted by noting when.</summary>
[Table("members")]
public sealed class Member
{
    [Key, DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long Id { get; set; }

    public string Email { get; set; } = "";

    public string? Name { get; set; }

    public DateOnly? DeletedAt { get; set; }
}

/// <summary>What users of bulk libraries complain of about keys, shown not to happen here.</summary>
public abstract class KeyPainsSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly Device.DeviceTable s_d = Device.Table;

    static readonly Table s_m = Table.For<Member>();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS members");
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Engine.CreateTableAsync(s_m, Stop);
        await Engine.CreateTableAsync(s_d, Stop);
    }

    static UpsertTarget Living(UpsertTarget on) => on.Columns(s_m.Column<string>("email")).WhereIndex(s_m.Column<DateOnly?>("deleted_at").IsNull());

    async Task<string> MembersAsync() => (await Database.RunClientAsync("SELECT email, name, deleted_at IS NULL FROM members ORDER BY email, name")).Trim().ReplaceLineEndings("\n").Replace("|t", "|1", StringComparison.Ordinal).Replace("|f", "|0", StringComparison.Ordinal);

    [Fact]
    public async Task What_is_deleted_by_a_mark_is_no_counterpart_and_ids_are_those_of_the_living()
    {
        await Database.ExecuteAsync("CREATE UNIQUE INDEX members_email ON members (email) WHERE deleted_at IS NULL");
        Member[] there = [new() { Email = "a", Name = "old", DeletedAt = new(2020, 1, 1) }, new() { Email = "a", Name = "living" }, new() { Email = "b", Name = "gone", DeletedAt = new(2020, 1, 1) }];
        await Engine.InsertAsync(there, cancellationToken: Stop);
        Member[] rows = [new() { Email = "b", Name = "again" }, new() { Email = "a", Name = "changed" }, new() { Email = "c", Name = "new" }];
        var result = await Engine.UpsertReturningAsync(rows, s_m.Column<long>("id"), on: Living,
            cancellationToken: Stop).WriteBackAsync((row, id) => row.Id = id);
        Assert.Equal((2, 1), (result.Inserted, result.Updated));
        Assert.Equal("a|changed|1\na|old|0\nb|again|1\nb|gone|0\nc|new|1", await MembersAsync());
        var ids = (await Database.QueryAsync("SELECT email, id FROM members WHERE deleted_at IS NULL")).ToDictionary(r => (string)r[0]!, r => Convert.ToInt64(r[1], CultureInfo.InvariantCulture));
        Assert.Equal(ids, rows.ToDictionary(r => r.Email, r => r.Id));

        var left = new List<(long, RowAction)>();
        await foreach (var (_, id, action) in Engine.UpsertReturningAsync(rows, s_m.Column<long>("id"), on: on => Living(on).DoNothing(), cancellationToken: Stop))
            left.Add((id, action));
        Assert.Equal(rows.Select(r => (r.Id, RowAction.Unchanged)), left);
    }

    [Fact]
    public async Task A_predicate_that_no_index_has_is_refused_and_nothing_is_stored()
    {
        await Database.ExecuteAsync("CREATE UNIQUE INDEX members_email ON members (email) WHERE deleted_at IS NULL");
        var email = s_m.Column<string>("email");
        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.UpsertAsync([new Member { Email = "x" }], on: on => on.Columns(email).WhereIndex(email != ""), cancellationToken: Stop));
        Assert.Equal("SLU0132", refused.Code);
        Assert.Contains("deleted_at IS NULL", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await Database.CountAsync("members"));
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(300, 8_000)]
    public async Task Of_two_rows_of_one_key_the_error_names_both_numbers_in_every_verb(int first, int second)
    {
        Device[] rows = [.. Enumerable.Range(0, second).Select(i => new Device(1, $"k{i}", i, null, null))];
        rows[second - 1] = rows[first - 1] with { Version = -1 };
        Func<Task<BulkResult>>[] verbs =
        [
            () =>
                Engine.UpsertAsync(rows, cancellationToken: Stop), () =>
                    Engine.UpsertAsync(rows, on: on => on.DoNothing(), cancellationToken: Stop),
            () => Engine.UpdateAsync(rows, cancellationToken: Stop), () => Engine.DeleteAsync(rows, cancellationToken: Stop), () => Engine.SyncAsync(rows, s_d.Site == 1, cancellationToken: Stop),
            () => Engine.UpsertReturningAsync(rows, s_d.Version, cancellationToken: Stop).WriteBackAsync((_, _) => { }),
        ];
        foreach (var verb in verbs)
        {
            var refused = await Assert.ThrowsAsync<BulkRowException>(verb);
            Assert.Equal(("SLU0205", (long?)second), (refused.Code, refused.RowNumber));
            Assert.Contains($"row {first.ToString("N0", CultureInfo.InvariantCulture)}", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(0, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task A_null_in_a_key_never_conflicts_unless_it_is_said_to_equal_nulls()
    {
        await Database.ExecuteAsync("CREATE UNIQUE INDEX devices_note ON devices (version, note)");
        Device[] rows = [new(1, "a", 1, 1, null), new(2, "b", 1, 2, "n"), new(3, "c", 1, 3, null)];
        var on = (UpsertTarget target) => target.Columns(s_d.Version, s_d.Note).Set(s_d.Value);
        var first = await Engine.UpsertAsync(rows, on: on, cancellationToken: Stop);
        var second = await Engine.UpsertAsync(rows.Select(r => r with { Site = r.Site + 10, Value = 7 }), on: on, cancellationToken: Stop);
        Assert.Equal((3, 2, 1), (first.Inserted, second.Inserted, second.Updated));
        Assert.Equal("1|a|1.0\n2|b|7.0\n3|c|3.0\n11|a|7.0\n13|c|7.0", (await Database.RunClientAsync("SELECT site, name, round(CAST(value AS numeric), 1) FROM devices ORDER BY site")).Trim().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_row_that_someone_changed_meanwhile_is_not_overwritten_and_is_named()
    {
        Device[] mine = [.. Enumerable.Range(0, 5_000).Select(i => new Device(1, $"k{i}", 1, null, "mine"))];
        await Engine.InsertAsync(mine, cancellationToken: Stop);
        await Database.ExecuteAsync("UPDATE devices SET version = 2, note = 'theirs' WHERE name IN ('k7', 'k4321')");
        await Database.ExecuteAsync("DELETE FROM devices WHERE name = 'k99'");
        var lost = new List<(string, RowAction)>();
        var updated = Engine.UpdateReturningAsync(
            mine.Select(d => d with { Note = "again" }), s_d.Version, on: on =>
                on.Set(s_d.Note).Set(s_d.Version, s_d.Version + 1).Where(s_d.Version == Row(s_d.Version)), cancellationToken: Stop);
        await foreach (var (row, version, action) in updated)
        {
            // One that is there in another version is told from one that is gone.
            if (action is RowAction.Unchanged or RowAction.Skipped)
                lost.Add((row.Name, action));
            Assert.Equal(action is RowAction.Skipped ? 0 : 2, version);
        }
        Assert.Equal([("k7", RowAction.Unchanged), ("k99", RowAction.Skipped), ("k4321", RowAction.Unchanged)], lost);
        Assert.Equal((4_997, 2, 1), (updated.Result.Updated, updated.Result.Unchanged, updated.Result.Skipped));
        Assert.Equal(2, await Database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note = 'theirs'"));

        var deleted = new List<(string, RowAction, int)>();
        Device[] some = [mine[7] with { Version = 1 }, mine[99], mine[4321] with { Version = 2 }];
        await foreach (var (row, version, action) in Engine.DeleteReturningAsync(some, s_d.Version, on: on => on.Where(s_d.Version == Row(s_d.Version)), cancellationToken: Stop))
            deleted.Add((row.Name, action, version));
        Assert.Equal([("k7", RowAction.Unchanged, 2), ("k99", RowAction.Skipped, 0), ("k4321", RowAction.Deleted, 2)], deleted);
    }

    [Fact]
    public async Task A_key_is_found_by_the_name_of_its_constraint_or_index()
    {
        await Database.ExecuteAsync("DROP TABLE devices");
        await Database.ExecuteAsync("""
            CREATE TABLE devices (site bigint, name varchar(20), version integer NOT NULL CONSTRAINT "Each version" UNIQUE, value double precision, note varchar(20),
              CONSTRAINT devices_pk PRIMARY KEY (site, name), CONSTRAINT devices_twice UNIQUE (note, site))
            """);
        await Database.ExecuteAsync("CREATE UNIQUE INDEX devices_value ON devices (value)");
        await Database.ExecuteAsync("CREATE UNIQUE INDEX devices_some ON devices (name) WHERE value > 100.5");
        await Engine.InsertAsync([new Device(1, "a", 1, 1, "n")], cancellationToken: Stop);
        (string Name, Device Row)[] found =
        [
            ("devices_pk", new Device(1, "a", 2, 1, "n")), ("Each version", new Device(9, "z", 2, 9, "q")), ("devices_value", new Device(1, "b", 4, 9, "m")), ("devices_twice", new Device(1, "c", 5, 6, "m")),
        ];
        foreach (var (name, row) in found)
        {
            for (var round = 0; round < 2; round++)
                Assert.Equal((0, 1), await FatesAsync(Engine.UpsertAsync([row], on: on => on.Constraint(name), cancellationToken: Stop)));
            Assert.Equal([row], await Engine.QueryAsync<Device>(Select(s_d).From(s_d), Stop));
        }
        var partial = await Assert.ThrowsAsync<BulkPlanException>(() => Engine.UpsertAsync([new Device(5, "c", 7, 200, "o")], on: on => on.Constraint("devices_some"), cancellationToken: Stop));
        Assert.Equal("SLU0152", partial.Code);
        Assert.Equal((1, 0), await FatesAsync(Engine.UpsertAsync([new Device(5, "c", 7, 200, "o")], on: on => on.Constraint("devices_some").WhereIndex(s_d.Value > 100.5), cancellationToken: Stop)));
        Assert.Equal((0, 1), await FatesAsync(Engine.UpsertAsync([new Device(6, "c", 8, 201, "p")], on: on => on.Constraint("devices_some").WhereIndex(s_d.Value > 100.5), cancellationToken: Stop)));

        static async Task<(long, long)> FatesAsync(Task<BulkResult> result) => ((await result).Inserted, (await result).Updated);
    }

    [Fact]
    public async Task One_row_type_serves_tables_of_different_shape_in_turns()
    {
        foreach (var table in new[] { "tenant_a", "tenant_b" })
            await Database.ExecuteAsync($"DROP TABLE IF EXISTS {table}");
        await Database.ExecuteAsync("CREATE TABLE tenant_a (site bigint, name varchar(20), version integer NOT NULL, value double precision, note varchar(20), PRIMARY KEY (site, name))");
        await Database.ExecuteAsync("CREATE TABLE tenant_b (note varchar(20), extra integer DEFAULT 7, value double precision, version bigint NOT NULL, name varchar(20) UNIQUE, site integer PRIMARY KEY)");
        var (a, b) = (await Engine.ReadTableAsync("tenant_a", Stop), await Engine.ReadTableAsync("tenant_b", Stop));
        for (var round = 0; round < 3; round++)
        {
            Device[] rows = [.. Enumerable.Range(0, 4).Select(i => new Device(i, $"k{i}", round, null, "r"))];
            Assert.Equal(4, (await Engine.UpsertAsync(RowSource.From(rows), table: a, cancellationToken: Stop)).Loaded);
            Assert.Equal(4, (await Engine.UpsertAsync(RowSource.From(rows), table: b, cancellationToken: Stop)).Loaded);
        }
        Assert.Equal("0|k0|2|r\n1|k1|2|r\n2|k2|2|r\n3|k3|2|r", await TenantAsync("tenant_a"));
        Assert.Equal("0|k0|2|r\n1|k1|2|r\n2|k2|2|r\n3|k3|2|r", await TenantAsync("tenant_b"));
        Assert.Equal(4, await Database.ScalarAsync<long>("SELECT count(*) FROM tenant_b WHERE extra = 7"));
    }

    async Task<string> TenantAsync(string table) => (await Database.RunClientAsync($"SELECT site, name, version, note FROM {table} ORDER BY site")).Trim().ReplaceLineEndings("\n");

    [Fact]
    public async Task A_column_that_a_condition_or_another_assignment_names_is_set_too()
    {
        await Engine.InsertAsync([new Device(1, "a", 1, null, null), new Device(2, "b", 5, null, null)], cancellationToken: Stop);
        Device[] rows = [new(1, "a", 2, 9, "n"), new(2, "b", 4, 9, "n")];
        var newer = await Engine.UpdateAsync(rows, on: on => on.Where(s_d.Version < Row(s_d.Version)), cancellationToken: Stop);
        Assert.Equal((1, 1), (newer.Updated, newer.Skipped));
        Assert.Equal("1|a|2|9|n\n2|b|5||", (await Database.RunClientAsync("SELECT site, name, version, CAST(value AS integer), note FROM devices ORDER BY site")).Trim().ReplaceLineEndings("\n"));

        await Engine.UpdateAsync(rows, on: on => on.Set(s_d.Note, Row(s_d.Name)), cancellationToken: Stop);
        Assert.Equal("a,b", await Database.ScalarAsync<string>("SELECT string_agg(note, ',') FROM (SELECT note FROM devices ORDER BY site) n"));
    }
}
