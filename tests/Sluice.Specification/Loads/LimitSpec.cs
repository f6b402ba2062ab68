using Sluice.Specification.Changes;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Loads;

/// <summary>The limits of a load: how long its statements may run.</summary>
public abstract class LimitSpec(TestDatabase database) : DatabaseSpec(database)
{
    static readonly BulkOptions s_short = new() { Limits = new() { StatementTimeout = TimeSpan.FromMilliseconds(300) } };

    static readonly Device[] s_rows = [new(1, "a", 1, null, "slow"), new(1, "b", 2, null, "slow"), new(2, "a", 3, null, "slow")];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Engine.CreateTableAsync(Device.Table, Stop);
        // A row whose note is "slow" takes minutes.
        await Database.ExecuteAsync(Database is PostgresDatabase
            ? """
              CREATE OR REPLACE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(300); RETURN NEW; END';
              CREATE TRIGGER slow BEFORE INSERT ON devices FOR EACH ROW WHEN (NEW.note = 'slow') EXECUTE FUNCTION slow();
              """
            : """
              CREATE TRIGGER slow BEFORE INSERT ON devices WHEN NEW.note = 'slow' BEGIN
                SELECT count(*) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000000000) SELECT i FROM n);
              END
              """);
    }

    public static TheoryData<string, bool> Loads => new(
        from verb in new[] { "insert", "upsert", "returning" } from isAtomic in new[] { true, false } select (verb, isAtomic));

    [Theory]
    [MemberData(nameof(Loads))]
    public async Task A_statement_that_runs_for_longer_than_its_load_allows_is_stopped(string verb, bool isAtomic)
    {
        var options = s_short with { Commit = isAtomic ? CommitPolicy.Atomic : CommitPolicy.PerChunk };

        var failure = await Assert.ThrowsAnyAsync<BulkException>(() => LoadAsync(Engine, verb, options));

        Assert.Equal("57014", failure.SqlState);
        Assert.Equal(0, await Database.CountAsync("devices"));
        Assert.Empty(await Database.OpenWorkAsync());
        // Neither the limit nor the failure is left behind.
        await Database.ExecuteAsync(Database is PostgresDatabase ? "DROP TRIGGER slow ON devices" : "DROP TRIGGER slow");
        Assert.Equal(3, (await Engine.InsertAsync(s_rows, cancellationToken: Stop)).Inserted);
    }

    [Theory]
    [InlineData("insert")]
    [InlineData("returning")]
    [InlineData("dictionaries in groups")]
    public async Task In_the_caller_s_transaction_its_own_limit_holds(string verb)
    {
        await using var transaction = await Engine.BeginAsync(cancellationToken: Stop);

        var refused = await Assert.ThrowsAsync<BulkPlanException>(() => LoadAsync(transaction, verb, s_short));

        Assert.Equal("SLU0193", refused.Code);
        await transaction.CommitAsync(Stop);
        Assert.Equal(0, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task Dictionaries_in_groups_have_no_limit_of_their_own()
    {
        Assert.Equal("SLU0193", (await Assert.ThrowsAsync<BulkPlanException>(() => LoadAsync(Engine, "dictionaries in groups", s_short))).Code);
        Assert.Equal(0, await Database.CountAsync("devices"));
    }

    [Fact]
    public async Task A_load_within_its_time_is_kept()
    {
        var quick = new BulkOptions { Limits = new() { StatementTimeout = TimeSpan.FromMinutes(5) }, ChunkSize = ChunkSize.Fixed(2) };
        var rows = s_rows.Select(row => row with { Note = "quick" });

        Assert.Equal(3, (await Engine.InsertAsync(rows.ToList(), options: quick, cancellationToken: Stop)).Inserted);
        Assert.Equal(3, (await Engine.UpsertAsync(rows, options: quick with { Commit = CommitPolicy.PerChunk }, cancellationToken: Stop)).Loaded);

        Assert.Equal(3, await Database.CountAsync("devices"));
    }

    static async Task LoadAsync(Database database, string verb, BulkOptions options)
    {
        switch (verb)
        {
            case "insert":
                await database.InsertAsync(s_rows, options: options, cancellationToken: Stop);
                break;
            case "upsert":
                await database.UpsertAsync(s_rows, options: options, cancellationToken: Stop);
                break;
            case "returning":
                await foreach (var (row, _, _) in database.UpsertReturningAsync(s_rows, Device.Table.Version, options: options, cancellationToken: Stop))
                    Assert.NotNull(row);
                break;
            default:
                await database.InsertAsync(RowSource.From(
                    [new Dictionary<string, object?> { ["site"] = 1L, ["name"] = "a", ["version"] = 1, ["note"] = "slow" }], DictionaryKeys.Group),
                    Device.Table, options, Stop);
                break;
        }
    }
}
