using System.Text.RegularExpressions;
using Sluice.Planning;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>A plan is a value, and what it says is what is done.</summary>
public abstract partial class PlanSpec(TestDatabase database) : DatabaseSpec(database)
{
    const int Rows = 4_000;

    static readonly Device.DeviceTable s_d = Device.Table;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS devices");
        await Engine.CreateTableAsync(s_d, Stop);
    }

    /// <summary>Runs a load, and tells the statements that the database got from it.</summary>
    protected abstract Task<IReadOnlyList<string>> SentAsync(Func<Database, Task> load);

    /// <summary>The ways that the database lets a caller choose from.</summary>
    protected abstract IReadOnlyList<RowPath> Paths { get; }

    static IEnumerable<Device> Some(int from = 0) => Enumerable.Range(from, Rows).Select(i => new Device(i % 7, $"k{i}", i, i / 2.0, null));

    // A request is made of parts that are made anew for each plan, by numbers that say which.
    static Task<BulkPlan> PlanAsync(Database on, int verb, int form, long value, BulkOptions options) => (verb % 6, form % 4) switch
    {
        (0, _) => on.PlanInsertAsync(Some(), options: options, cancellationToken: Stop),
        (1, 0) => on.PlanUpsertAsync(Some(), options: options, cancellationToken: Stop),
        (1, 1) => on.PlanUpsertAsync(Some(), on: target => target.Where(s_d.Version < Excluded(s_d.Version) + (int)value), options: options, cancellationToken: Stop),
        (1, 2) => on.PlanUpsertAsync(Some(), on: target => target.Set(s_d.Note).AlsoSet(s_d.Version, s_d.Version + (int)value), options: options, cancellationToken: Stop),
        (1, _) => on.PlanUpsertAsync(Some(), on: target => target.DoNothing(), options: options, cancellationToken: Stop),
        (2, 0) => on.PlanUpdateAsync(Some(), options: options, cancellationToken: Stop),
        (2, 1) => on.PlanUpdateAsync(Some(), on: target => target.Columns(s_d.Name).NullsEqual(), options: options, cancellationToken: Stop),
        (2, _) => on.PlanUpdateAsync(Some(), on: target => target.Set(s_d.Note).Where(s_d.Version == (int)value), options: options, cancellationToken: Stop),
        (3, 0) => on.PlanDeleteAsync(Some(), options: options, cancellationToken: Stop),
        (3, _) => on.PlanDeleteAsync(Some(), on: target => target.Where(s_d.Site.In(value, value + 1)), options: options, cancellationToken: Stop),
        (4, _) => on.PlanSyncAsync(Some(), s_d.Site == value, options: options with { Commit = CommitPolicy.Atomic }, cancellationToken: Stop),
        (_, 0) => on.ExplainAsync(InsertInto(s_d).Rows().OnConflict(s_d.Site, s_d.Name).DoUpdate(set => set.Set(s_d.Version, (int)value)), Some(), options, Stop),
        (_, _) => on.ExplainAsync(Update(s_d).Set(s_d.Version, Row(s_d.Version) + (int)value).Where(s_d.Site == Row(s_d.Site) & s_d.Name == Row(s_d.Name)), Some(), options, Stop),
    };

    static bool UsesValue(int verb, int form) => (verb % 6, form % 4) is (1, 1 or 2) or (2, 2 or 3) or (3, not 0) or (4, _) or (5, _);

    [Fact]
    public async Task Two_plans_of_one_request_are_equal()
    {
        var random = new Random(22);
        for (var i = 0; i < 150; i++)
        {
            var (verb, form, value) = (random.Next(6), random.Next(4), random.Next(1_000));
            var path = verb is 4 ? RowPath.Automatic : Paths[random.Next(Paths.Count)];
            var (rows, byChunk, asGiven) = (random.Next(1, 5_000), random.Next(2) == 1, random.Next(2) == 1);
            // Another engine has read the table from the catalog by itself.
            await using var other = Database.CreateEngine();

            var one = await PlanAsync(Engine, verb, form, value, Options());
            var two = await PlanAsync(other, verb, form, value, Options());

            Assert.Equal(one, two);
            Assert.Equal(one.GetHashCode(), two.GetHashCode());
            Assert.Equal(one.ToString(), two.ToString());
            Assert.NotEqual(one, await PlanAsync(other, verb, form, value, Options() with { ChunkSize = ChunkSize.Fixed(rows + 1) }));
            if (UsesValue(verb, form))
                Assert.NotEqual(one, await PlanAsync(other, verb, form, value + 1, Options()));

            BulkOptions Options() => new()
            {
                ChunkSize = ChunkSize.Fixed(rows),
                Commit = byChunk ? CommitPolicy.PerChunk : CommitPolicy.Atomic,
                Order = asGiven ? RowOrder.AsGiven : RowOrder.ByKey,
                Path = path,
            };
        }
    }

    [Fact]
    public async Task Plans_of_a_table_before_and_after_it_changed_differ()
    {
        var before = await Engine.PlanInsertAsync(Some(), cancellationToken: Stop);
        await Database.ExecuteAsync("ALTER TABLE devices ADD COLUMN extra integer");

        Assert.NotEqual(before, await Engine.PlanInsertAsync(Some(), cancellationToken: Stop));
    }

    [Fact]
    public async Task What_a_plan_prints_is_what_the_database_gets()
    {
        await Engine.InsertAsync(Some(from: Rows / 2), cancellationToken: Stop);
        // More rows than a chunk has that goes another way than the plan's first choice.
        var options = new BulkOptions { ChunkSize = ChunkSize.Fixed(Rows) };
        foreach (var path in Paths)
        {
            for (var verb = 0; verb < 6; verb++)
            {
                if (verb is 4 && path is RowPath.Arrays)
                    continue;
                for (var form = 0; form < 4; form++)
                {
                    var (v, f, way) = (verb, form, verb is 4 ? options : options with { Path = path });
                    BulkPlan? plan = null;
                    var sent = await SentAsync(async on =>
                    {
                        plan = await PlanAsync(on, v, f, 3, way);
                        if (v == 0)
                            await Database.ExecuteAsync("DELETE FROM devices");
                        await RunAsync(on, v, f, 3, way);
                    });

                    foreach (var statement in plan!.Statements)
                        Assert.True(sent.Any(text => Numbered().Replace(text, "sluice_rows").Contains(statement, StringComparison.Ordinal)),
                            $"{path} {verb} {form}\n{plan}\nwas sent as\n{string.Join('\n', sent.Distinct(StringComparer.Ordinal))}");
                }
            }
        }
    }

    [Fact]
    public async Task What_the_plan_of_a_few_rows_prints_is_what_the_database_got()
    {
        Device[] rows = [new(1, "a", 1, 1.5, "x")];
        // As many as fill one statement.
        var some = Some().Take(20).ToList();
        // Once the table is known.
        await Engine.InsertAsync(rows, cancellationToken: Stop);
        foreach (var verb in (Func<Database, Task<BulkResult>>[])
            [on => on.UpsertAsync(rows, cancellationToken: Stop), on => on.UpdateAsync(rows, cancellationToken: Stop), on => on.DeleteAsync(rows, cancellationToken: Stop), on => on.InsertAsync(some, cancellationToken: Stop)])
        {
            BulkResult? result = null;
            var sent = await SentAsync(async on => result = await verb(on));

            Assert.True(result!.Loaded > 0 && result.Bytes > 0, $"{result.Loaded} rows of {result.Bytes} bytes");
            Assert.All(result.Plan.Statements, statement => Assert.Contains(sent, text => text.Contains(statement, StringComparison.Ordinal)));
        }
    }

    // The same as PlanAsync, run.
    static Task<BulkResult> RunAsync(Database on, int verb, int form, long value, BulkOptions options) => (verb % 6, form % 4) switch
    {
        (0, _) => on.InsertAsync(Some(), options: options, cancellationToken: Stop),
        (1, 0) => on.UpsertAsync(Some(), options: options, cancellationToken: Stop),
        (1, 1) => on.UpsertAsync(Some(), on: target => target.Where(s_d.Version < Excluded(s_d.Version) + (int)value), options: options, cancellationToken: Stop),
        (1, 2) => on.UpsertAsync(Some(), on: target => target.Set(s_d.Note).AlsoSet(s_d.Version, s_d.Version + (int)value), options: options, cancellationToken: Stop),
        (1, _) => on.UpsertAsync(Some(), on: target => target.DoNothing(), options: options, cancellationToken: Stop),
        (2, 0) => on.UpdateAsync(Some(), options: options, cancellationToken: Stop),
        (2, 1) => on.UpdateAsync(Some(), on: target => target.Columns(s_d.Name).NullsEqual(), options: options, cancellationToken: Stop),
        (2, _) => on.UpdateAsync(Some(), on: target => target.Set(s_d.Note).Where(s_d.Version == (int)value), options: options, cancellationToken: Stop),
        (3, 0) => on.DeleteAsync(Some(), options: options, cancellationToken: Stop),
        (3, _) => on.DeleteAsync(Some(), on: target => target.Where(s_d.Site.In(value, value + 1)), options: options, cancellationToken: Stop),
        (4, _) => on.SyncAsync(Some(), s_d.Site == value, options: options with { Commit = CommitPolicy.Atomic }, cancellationToken: Stop),
        (_, 0) => on.ExecuteManyAsync(InsertInto(s_d).Rows().OnConflict(s_d.Site, s_d.Name).DoUpdate(set => set.Set(s_d.Version, (int)value)), Some(), options, Stop),
        (_, _) => on.ExecuteManyAsync(Update(s_d).Set(s_d.Version, Row(s_d.Version) + (int)value).Where(s_d.Site == Row(s_d.Site) & s_d.Name == Row(s_d.Name)), Some(), options, Stop),
    };

    [GeneratedRegex(@"sluice_rows_\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbered();
}
