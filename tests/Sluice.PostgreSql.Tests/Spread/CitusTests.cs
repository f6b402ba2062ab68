using Sluice.Specification.Changes;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Spread;

/// <summary>Loads of tables that Citus keeps on several servers: right, or refused before a row is sent.</summary>
public sealed class CitusTests(CitusDatabase database) : IClassFixture<CitusDatabase>, IAsyncLifetime
{
    const string Columns = "(site bigint, name text, version int NOT NULL CHECK (version < 1000000), value double precision, note text, PRIMARY KEY (site, name))";

    static readonly Device.DeviceTable s_d = Device.Table;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS devices, stamps, lone CASCADE");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    async Task CreateAsync(bool isReference)
    {
        await database.ExecuteAsync("CREATE TABLE devices " + Columns);
        await database.SpreadAsync("devices", isReference ? null : "site");
    }

    static Device[] Devices(int count, string? note = null) => [.. Enumerable.Range(0, count).Select(i => new Device(i % 7, $"k{i:D5}", i, i / 2.0, note))];

    [Theory]
    [InlineData(false, 100, true, RowPath.Automatic)]
    [InlineData(false, 1_000, false, RowPath.Automatic)]
    [InlineData(false, 5_000, true, RowPath.Automatic)]
    [InlineData(false, 500, true, RowPath.Staging)]
    [InlineData(true, 100, true, RowPath.Automatic)]
    [InlineData(true, 1_000, false, RowPath.Automatic)]
    [InlineData(true, 5_000, true, RowPath.Automatic)]
    public async Task Every_verb_counts_what_is_in_the_table(bool isReference, int count, bool isAtomic, RowPath path)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        await CreateAsync(isReference);
        await using var engine = database.CreateEngine();
        var round = new EveryVerb(database, engine, count, new BulkOptions { Commit = commit, Path = path, ChunkSize = ChunkSize.Fixed(700) });
        // The second time the tables are known, and few rows go at once.
        await round.RunAsync(canSync: isAtomic, canGraph: isAtomic);
        await round.RunAsync(canSync: isAtomic, canGraph: isAtomic);
    }

    [Theory]
    [InlineData(false, 100)]
    [InlineData(false, 4_000)]
    [InlineData(true, 100)]
    [InlineData(true, 4_000)]
    public async Task Rows_that_were_there_are_not_counted_as_inserted(bool isReference, int count)
    {
        await CreateAsync(isReference);
        await using var engine = database.CreateEngine();
        for (var round = 0; round < 2; round++)
        {
            await engine.InsertAsync(Devices(count / 2), cancellationToken: Stop);
            var result = await engine.UpsertAsync(Devices(count, "new"), on: on => on.DoNothing(), cancellationToken: Stop);
            Assert.Equal((count / 2, 0, count / 2), (result.Inserted, result.Updated, result.Unchanged));
            Assert.Equal(count / 2, await database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note = 'new'"));

            result = await engine.UpsertAsync(Devices(count, "odd"), on: on => on.Where(s_d.Version % 2 == 1), cancellationToken: Stop);
            Assert.Equal((0, count / 2, count / 2), (result.Inserted, result.Updated, result.Unchanged));
            Assert.Equal(count / 2, await database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note = 'odd'"));
            await engine.DeleteAsync(Devices(count), cancellationToken: Stop);
        }
    }

    [Fact]
    public async Task A_statement_that_inserts_what_it_selects_says_how_many_were_new()
    {
        await CreateAsync(isReference: false);
        await using var engine = database.CreateEngine();
        await engine.InsertAsync(Devices(60), cancellationToken: Stop);
        var rows = Devices(100);
        var given = Unnest("given", SqlArray.Of("site", rows.Select(d => d.Site)), SqlArray.Of("name", rows.Select(d => d.Name)), SqlArray.Of("version", rows.Select(d => d.Version)));
        var insert = InsertInto(s_d).Columns(s_d.Site, s_d.Name, s_d.Version).Select(Select(given["site"], given["name"], given["version"]).From(given))
            .OnConflict(s_d.Site, s_d.Name).DoNothing();
        Assert.Equal(40, await engine.ExecuteAsync(insert, Stop));
        Assert.Equal(0, await engine.ExecuteAsync(insert, Stop));
        Assert.Equal(100, await database.CountAsync("devices"));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(4_000)]
    public async Task The_time_of_a_change_is_the_transaction_s(int count)
    {
        await database.ExecuteAsync("CREATE TABLE stamps (id bigint PRIMARY KEY, at timestamptz)");
        await database.SpreadAsync("stamps", "id");
        await using var engine = database.CreateEngine();
        Stamp[] rows = [.. Enumerable.Range(1, count).Select(i => new Stamp(i, null))];
        for (var round = 0; round < 2; round++)
        {
            await engine.UpsertAsync(rows, on: on => on.Set(Stamp.Table.At, Now()), cancellationToken: Stop);
            var result = await engine.UpsertAsync(rows, on: on => on.Set(Stamp.Table.At, Now()), cancellationToken: Stop);
            Assert.Equal((0, count), (result.Inserted, result.Updated));
            Assert.Contains("the time is sent as a value", result.Plan.Reason, StringComparison.Ordinal);
        }
        Assert.Equal($"{count}|1|t", (await database.RunPsqlAsync("SELECT count(at), count(DISTINCT at), min(at) > now() - interval '5 minutes' AND max(at) <= now() FROM stamps")).Trim());

        var actions = new List<RowAction>();
        await foreach (var (_, _, action) in engine.UpsertReturningAsync(rows, Stamp.Table.Id, on: on => on.Set(Stamp.Table.At, Now()), cancellationToken: Stop))
            actions.Add(action);
        Assert.Equal(Enumerable.Repeat(RowAction.Updated, count), actions);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(40_000)]
    public async Task The_column_that_rows_are_spread_by_is_not_changed(int count)
    {
        await CreateAsync(isReference: false);
        await using var engine = database.CreateEngine();
        await engine.InsertAsync(Devices(count), cancellationToken: Stop);

        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => engine.UpdateAsync(Devices(count).Select(d => d with { Site = 9 }), on: on => on.Columns(s_d.Name).Set(s_d.Site), cancellationToken: Stop));

        Assert.Equal("SLU0340", refused.Code);
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE site = 9"));
        Assert.Empty(await database.OpenWorkAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_row_that_another_server_refuses_breaks_a_rule_by_its_name(bool isReference)
    {
        await CreateAsync(isReference);
        await using var engine = database.CreateEngine();
        var rows = Devices(200);
        await engine.InsertAsync(rows[..50], cancellationToken: Stop);

        var twice = await Assert.ThrowsAsync<BulkRowException>(() => engine.InsertAsync(rows, cancellationToken: Stop));
        Assert.Equal(("SLU0201", "23505", "devices_pkey"), (twice.Code, twice.SqlState, twice.ConstraintName));
        Assert.Contains("constraint 'devices_pkey' allows it once", twice.Message, StringComparison.Ordinal);
        foreach (var path in (RowPath[])[RowPath.Automatic, RowPath.Arrays, RowPath.Staging])
        {
            var broken = await Assert.ThrowsAsync<BulkRowException>(() => engine.InsertAsync([.. rows[100..], new Device(1, "high", 1_000_000, null, null)], options: new BulkOptions { Path = path }, cancellationToken: Stop));
            Assert.Equal(("23514", "devices_version_check"), (broken.SqlState, broken.ConstraintName));
            Assert.Equal(path is RowPath.Automatic ? null : 101L, broken.RowNumber);
        }
        Assert.Equal(50, await database.CountAsync("devices"));
        Assert.Equal(150, (await engine.InsertAsync(rows[50..], cancellationToken: Stop)).Inserted);
    }

    [Fact]
    public async Task A_transaction_outlives_a_row_that_another_server_refuses()
    {
        await CreateAsync(isReference: false);
        await using var engine = database.CreateEngine();
        var rows = Devices(200);
        await using var transaction = await engine.BeginAsync(cancellationToken: Stop);
        Assert.Equal(50, (await transaction.InsertAsync(rows[..50], cancellationToken: Stop)).Inserted);

        var twice = await Assert.ThrowsAsync<BulkRowException>(() => transaction.InsertAsync([.. rows[100..], rows[7]], cancellationToken: Stop));

        Assert.Equal((101L, "devices_pkey"), (twice.RowNumber, twice.ConstraintName));
        Assert.Equal(50, (await transaction.InsertAsync(rows[50..100], cancellationToken: Stop)).Inserted);
        await transaction.CommitAsync(Stop);
        Assert.Equal(100, await database.CountAsync("devices"));
    }

    [Fact]
    public async Task What_each_server_has_is_not_joined_with_a_temporary_table()
    {
        await CreateAsync(isReference: true);
        await using var engine = database.CreateEngine();
        await engine.InsertAsync(Devices(10), cancellationToken: Stop);

        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => engine.UpdateAsync(Devices(10, "new"), options: new BulkOptions { Path = RowPath.Staging }, cancellationToken: Stop));

        Assert.Equal("SLU0345", refused.Code);
        Assert.Equal(10, await database.ScalarAsync<long>("SELECT count(*) FROM devices WHERE note IS NULL"));
    }

    [Fact]
    public async Task A_table_that_is_created_is_known_to_be_on_one_server()
    {
        await using var engine = database.CreateEngine();
        await engine.CreateTableAsync(new Table("lone", null, [new Column<long>("id", SqlType.BigInt)], [0]), Stop);
        Assert.Equal(TableTraits.Undistributed, (await engine.ReadTableAsync("lone", Stop)).Traits);
        await CreateAsync(isReference: false);
        Assert.Equal(TableTraits.Distributed, (await engine.ReadTableAsync("devices", Stop)).Traits);
    }
}

[RowOf("stamps")]
readonly partial record struct Stamp([property: System.ComponentModel.DataAnnotations.Key] long Id, DateTimeOffset? At);
