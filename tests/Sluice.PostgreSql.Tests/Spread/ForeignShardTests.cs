using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Spread;

/// <summary>What is counted, and what is kept, where the rows of a table go to other servers.</summary>
public abstract class ForeignShardTests(ForeignShards database) : IAsyncLifetime
{
    static readonly Reading.ReadingTable s_r = Reading.Table;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database.Require();
        await database.CreateReadingsAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    static BulkOptions Of(CommitPolicy commit) => new() { Commit = commit, ChunkSize = ChunkSize.Fixed(1_000) };

    [Theory]
    [InlineData(100, true)]
    [InlineData(5_000, true)]
    [InlineData(2_500, false)]
    public async Task Rows_that_a_trigger_lets_pass_are_counted_as_inserted(int count, bool isAtomic)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        await database.ExecuteAsync("""
            CREATE OR REPLACE FUNCTION pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.value := 7; RETURN NEW; END';
            CREATE TRIGGER pass BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION pass()
            """);
        await using var engine = database.CreateEngine();

        var result = await engine.InsertAsync(Reading.Many(count), options: Of(commit), cancellationToken: Stop);

        Assert.Equal((count, 0), (result.Inserted, result.Skipped));
        Assert.Equal((count / 2, count - (count / 2)), await database.StoredAsync());
        Assert.Equal(count, await database.ScalarAsync<long>("SELECT count(*) FROM readings WHERE value = 7"));
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(5_000, true)]
    [InlineData(2_500, false)]
    public async Task Rows_that_a_trigger_leaves_out_here_or_there_are_counted_as_skipped(int count, bool isAtomic)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        await database.ExecuteAsync("""
            CREATE OR REPLACE FUNCTION leave_some() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN CASE WHEN NEW.id % 5 = 0 THEN NULL ELSE NEW END; END';
            CREATE TRIGGER leave_some BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION leave_some()
            """);
        await database.ExecuteOnShardAsync(1, """
            CREATE OR REPLACE FUNCTION leave_some() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN CASE WHEN NEW.id % 3 = 0 THEN NULL ELSE NEW END; END';
            CREATE TRIGGER leave_some BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION leave_some()
            """);
        await using var engine = database.CreateEngine();

        var result = await engine.InsertAsync(Reading.Many(count), options: Of(commit), cancellationToken: Stop);

        var (even, odd) = await database.StoredAsync();
        Assert.Equal((Reading.Many(count).Count(r => r.Id % 10 is 2 or 4 or 6 or 8), Reading.Many(count).Count(r => r.Id % 2 == 1 && r.Id % 5 != 0 && r.Id % 3 != 0)), (even, odd));
        Assert.Equal((even + odd, count - even - odd), (result.Inserted, result.Skipped));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5_000)]
    public async Task A_trigger_that_only_a_server_behind_knows_of_is_counted_with(int count)
    {
        await database.ExecuteOnShardAsync(0, """
            CREATE OR REPLACE FUNCTION leave_all() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TRIGGER leave_all BEFORE INSERT ON readings FOR EACH ROW EXECUTE FUNCTION leave_all()
            """);
        await using var engine = database.CreateEngine();

        var result = await engine.InsertAsync(Reading.Many(count), cancellationToken: Stop);

        Assert.Equal((count / 2, count / 2), (result.Inserted, result.Skipped));
        Assert.Equal((0, count / 2), await database.StoredAsync());
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(100, false)]
    [InlineData(5_000, true)]
    public async Task Changes_are_counted_as_the_servers_made_them(int count, bool isAtomic)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        await using var engine = database.CreateEngine();
        await engine.InsertAsync(Reading.Many(count), cancellationToken: Stop);
        for (var round = 0; round < 2; round++)
        {
            var updated = await engine.UpdateAsync(Reading.Many(count, from: 11, value: 1), options: Of(commit),
                on: on => on.Columns(s_r.Id), cancellationToken: Stop);
            Assert.Equal((count - 10, 10), (updated.Updated, updated.Skipped));
        }
        Assert.Equal(count - 10, await database.ScalarAsync<long>("SELECT count(*) FROM readings WHERE value = 1"));
        var deleted = await engine.DeleteAsync(Reading.Many(count, from: 21), options: Of(commit), on: on => on.Columns(s_r.Id),
            cancellationToken: Stop);
        Assert.Equal((count - 20, 20), (deleted.Deleted, deleted.Skipped));
        Assert.Equal((10, 10), await database.StoredAsync());
    }

    // The odd rows' server finds out at its commit only, when the other one may have committed.
    Task RefuseOddAtCommitAsync() => database.ExecuteOnShardAsync(1, """
        CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no more odd rows''; END';
        CREATE CONSTRAINT TRIGGER refuse AFTER INSERT OR UPDATE ON readings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse()
        """);

    [Theory]
    [InlineData(100, true)]
    [InlineData(5_000, true)]
    [InlineData(2_000, false)]
    public async Task A_commit_that_one_server_refuses_has_an_unknown_outcome(int count, bool isAtomic)
    {
        var commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk;
        await RefuseOddAtCommitAsync();
        await using var engine = database.CreateEngine();

        var failed = await Assert.ThrowsAsync<BulkException>(() => engine.InsertAsync(Reading.Many(count), options: Of(commit), cancellationToken: Stop));

        AssertUnknown(failed);
        var (even, odd) = await database.StoredAsync();
        Assert.Equal(0, odd);
        // What the message is for: some rows may be there.
        Assert.InRange(even, 0, count / 2);
    }

    [Fact]
    public async Task A_change_that_commits_by_itself_is_not_done_again_when_one_server_refuses()
    {
        await using var engine = database.CreateEngine();
        await engine.InsertAsync(Reading.Many(100), cancellationToken: Stop);
        await RefuseOddAtCommitAsync();
        var each = new BulkOptions { Commit = CommitPolicy.PerChunk, Order = RowOrder.AsGiven };
        AssertUnknown(await Assert.ThrowsAsync<BulkException>(() => engine.UpdateAsync(Reading.Many(100, value: 1), options: each, on: on => on.Columns(s_r.Id), cancellationToken: Stop)));
        // The table is known by now.
        AssertUnknown(await Assert.ThrowsAsync<BulkException>(() => engine.UpdateAsync(Reading.Many(100, value: 1), options: each, on: on => on.Columns(s_r.Id), cancellationToken: Stop)));
        AssertUnknown(await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Update(s_r).Set(s_r.Value, s_r.Value + 1).Where(s_r.Id > 0), Stop)));

        await using var transaction = await engine.BeginAsync(cancellationToken: Stop);
        await transaction.UpdateAsync(Reading.Many(100, value: 3), on: on => on.Columns(s_r.Id), cancellationToken: Stop);
        AssertUnknown(await Assert.ThrowsAsync<StatementException>(() => transaction.CommitAsync(Stop)));

        await using var statements = await engine.BeginAsync(cancellationToken: Stop);
        await statements.ExecuteAsync(Update(s_r).Set(s_r.Value, s_r.Value + 1).Where(s_r.Id > 0), Stop);
        AssertUnknown(await Assert.ThrowsAsync<StatementException>(() => statements.CommitAsync(Stop)));
        Assert.Equal(0, await database.ScalarAsync<long>("SELECT count(*) FROM readings WHERE id % 2 = 1 AND value <> 0"));
    }

    static void AssertUnknown(BulkException failed)
    {
        Assert.Equal("SLU0342", failed.Code);
        Assert.Contains("Look into the table on each of them", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing was kept", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("changed nothing", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Writers_that_meet_on_another_server_may_try_again()
    {
        await using var engine = database.CreateEngine();
        await engine.InsertAsync(Reading.Many(10), cancellationToken: Stop);
        await using var first = await engine.BeginAsync(cancellationToken: Stop);
        await using var second = await engine.BeginAsync(cancellationToken: Stop);
        // Whatever the isolation here, there it is REPEATABLE READ, from the first statement on.
        Assert.Equal(10, await second.ExecuteAsync(Select(s_r.Id).From(s_r), Stop));
        await first.UpdateAsync(Reading.Many(10, value: 1), on: on => on.Columns(s_r.Id), cancellationToken: Stop);
        await first.CommitAsync(Stop);

        var failed = await Assert.ThrowsAsync<BulkException>(() => second.UpdateAsync(Reading.Many(10, value: 2), on: on => on.Columns(s_r.Id), cancellationToken: Stop));

        Assert.Equal(("SLU0343", "40001", true), (failed.Code, failed.SqlState, failed.IsTransient));
        Assert.Equal(10, await database.ScalarAsync<long>("SELECT count(*) FROM readings WHERE value = 1"));
    }

    [Fact]
    public async Task A_row_that_another_server_refuses_is_found()
    {
        await using var engine = database.CreateEngine();
        await engine.InsertAsync(Reading.Many(10), cancellationToken: Stop);

        var twice = await Assert.ThrowsAsync<BulkRowException>(() => engine.InsertAsync([.. Reading.Many(300, from: 11), new Reading(7, "again", 0)], cancellationToken: Stop));

        Assert.Equal((301L, "readings_pkey", "23505"), (twice.RowNumber, twice.ConstraintName, twice.SqlState));
        Assert.Equal((5, 5), await database.StoredAsync());
    }
}

public sealed class ForeignShard15Tests(ForeignShards15 database) : ForeignShardTests(database), IClassFixture<ForeignShards15>;

public sealed class ForeignShard18Tests(ForeignShards18 database) : ForeignShardTests(database), IClassFixture<ForeignShards18>;
