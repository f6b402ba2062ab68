using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>A row whose key is small, so that random rows meet each other.</summary>
[RowOf("model")]
public sealed partial record ModelRow([property: Key] int A, [property: Key] string B, int Version, double? Value, string? Note);

/// <summary>Random tables, verbs, policies and inputs: the table and the counts are those of a simple model in memory.</summary>
public abstract class ModelSpec(TestDatabase database) : DatabaseSpec(database)
{
    const int Cases = 1_700;

    static readonly ModelRow.ModelRowTable s_m = ModelRow.Table;

    static readonly string[] s_words = ["", "a", "b", "ä", "it's", "x\"y"];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    protected override async ValueTask SetUpAsync()
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS model");
        await Engine.CreateTableAsync(s_m, Stop);
    }

    static readonly Duplicates[] s_policies = [Duplicates.Error, Duplicates.KeepFirst, Duplicates.KeepLast];

    sealed record Fates(long Inserted, long Updated, long Deleted, long Unchanged, long Skipped, long Removed);

    sealed class DuplicateException : Exception;

    [Fact]
    public async Task The_table_and_the_counts_are_the_models()
    {
        var seed = Environment.GetEnvironmentVariable("SLUICE_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        var random = new Random(seed);
        var model = new Dictionary<(int, string), ModelRow>();
        for (var number = 0; number < Cases; number++)
        {
            var rows = Rows(random, random.Next(12) == 0 ? 60 : random.Next(8));
            var duplicates = s_policies[random.Next(3)];
            var verb = random.Next(6);
            var step = $"seed {seed}, case {number}, verb {verb}, {duplicates}, rows {string.Join(' ', rows.AsEnumerable())}";
            var options = new BulkOptions
            {
                Duplicates = duplicates,
                ChunkSize = ChunkSize.Fixed(random.Next(1, 9)),
                Commit = verb != 5 && random.Next(2) == 0 ? CommitPolicy.PerChunk : CommitPolicy.Atomic,
                Order = (RowOrder)random.Next(2),
            };
            // With an error in it, what earlier chunks committed depends on their sizes; the model knows only all or nothing.
            if (duplicates == Duplicates.Error)
                options = options with { Commit = CommitPolicy.Atomic };
            Fates? expected = null;
            var outcomes = new (RowAction Action, int Version)[rows.Length];
            var after = new Dictionary<(int, string), ModelRow>(model);
            try
            {
                expected = Apply(after, rows, Kept(rows, duplicates), verb, outcomes);
                model = after;
            }
            catch (DuplicateException)
            {
                // The database's answer must be the error.
            }
            if (expected is null)
            {
                var refused = await Record.ExceptionAsync(() => RunAsync(verb, rows, options));
                Assert.True(refused is BulkRowException { Code: "SLU0205" }, $"{step}: {refused?.Message ?? "no error"}");
            }
            else
            {
                var returns = verb != 5 && random.Next(3) == 0;
                var pairs = new List<(RowAction, int)>();
                var result = returns ? await RunReturningAsync(verb, rows, options, pairs) : await RunAsync(verb, rows, options);
                if (returns)
                    Assert.Equal(step + " " + string.Join(' ', outcomes), step + " " + string.Join(' ', pairs));
                Assert.True(
                    expected == new Fates(result.Inserted, result.Updated, result.Deleted, result.Unchanged, result.Skipped, result.Removed) && result.Read == rows.Length,
                    $"{step}: expected {expected}, got {result with { ChunkTimings = [] }}");
            }
            if (number % 10 == 9 || number == Cases - 1)
                Assert.Equal(step + "\n" + Text(model.Values), step + "\n" + Text(await Engine.QueryAsync<ModelRow>(Select(s_m).From(s_m), Stop)));
        }
    }

    static string Text(IEnumerable<ModelRow> rows) => string.Join('\n', rows.OrderBy(r => r.A).ThenBy(r => r.B, StringComparer.Ordinal));

    static ModelRow[] Rows(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => new ModelRow(
        random.Next(4), s_words[random.Next(s_words.Length)], random.Next(5), random.Next(3) == 0 ? null : random.Next(9) / 2.0, random.Next(3) == 0 ? null : "n" + random.Next(9)))];

    // The places of the rows that a policy leaves in.
    static int[] Kept(ModelRow[] rows, Duplicates policy)
    {
        var groups = Enumerable.Range(0, rows.Length).GroupBy(i => (rows[i].A, rows[i].B)).ToList();
        if (policy == Duplicates.Error && groups.Exists(g => g.Count() > 1))
            throw new DuplicateException();
        return [.. groups.Select(g => policy == Duplicates.KeepLast ? g.Last() : g.First())];
    }

    // 0 upsert, 1 upsert where newer, 2 upsert do nothing, 3 update of value and note, 4 delete, 5 sync of one A.
    static Fates Apply(Dictionary<(int, string), ModelRow> table, ModelRow[] rows, int[] kept, int verb, (RowAction Action, int Version)[] outcomes)
    {
        Array.Fill(outcomes, (RowAction.Skipped, 0));
        foreach (var place in kept)
            outcomes[place] = Apply(table, rows[place], verb);
        long removed = 0;
        if (verb == 5)
        {
            foreach (var key in table.Keys.Where(k => k.Item1 == 1 && rows.All(r => (r.A, r.B) != k)).ToList())
            {
                table.Remove(key);
                removed++;
            }
        }
        long Of(RowAction action) => outcomes.Count(o => o.Action == action);
        return new Fates(Of(RowAction.Inserted), Of(RowAction.Updated), Of(RowAction.Deleted), Of(RowAction.Unchanged), Of(RowAction.Skipped), removed);
    }

    static (RowAction Action, int Version) Apply(Dictionary<(int, string), ModelRow> table, ModelRow row, int verb)
    {
        var key = (row.A, row.B);
        var isThere = table.TryGetValue(key, out var old);
        switch (verb)
        {
            case 3 when isThere:
                table[key] = old! with { Value = row.Value, Note = row.Note };
                return (RowAction.Updated, old.Version);
            case 4 when table.Remove(key):
                return (RowAction.Deleted, old!.Version);
            case 0 or 1 or 2 or 5 when !isThere:
                table[key] = row;
                return (RowAction.Inserted, row.Version);
            case 1 when row.Version <= old!.Version:
                return (RowAction.Unchanged, old.Version);
            case 2:
                return (RowAction.Unchanged, old!.Version);
            case 0 or 1 or 5:
                table[key] = row;
                return (RowAction.Updated, row.Version);
            default:
                return (RowAction.Skipped, 0);
        }
    }

    async Task<BulkResult> RunReturningAsync(int verb, ModelRow[] rows, BulkOptions options, List<(RowAction, int)> outcomes)
    {
        var returned = verb switch
        {
            0 => Engine.UpsertReturningAsync(rows, s_m.Version, options: options, cancellationToken: Stop),
            1 =>
                Engine.UpsertReturningAsync(rows, s_m.Version,
                    on: on =>
                        on.Columns(s_m.B, s_m.A).Where(Excluded(s_m.Version) > s_m.Version), options: options, cancellationToken: Stop),
            2 => Engine.UpsertReturningAsync(rows, s_m.Version, on: on => on.DoNothing(), options: options, cancellationToken: Stop),
            3 =>
                Engine.UpdateReturningAsync(rows, s_m.Version, on: on => on.Set(s_m.Value, s_m.Note), options: options,
                    cancellationToken: Stop),
            _ => Engine.DeleteReturningAsync(rows, s_m.Version, options: options, cancellationToken: Stop),
        };
        var place = 0;
        await foreach (var (row, version, action) in returned)
        {
            Assert.Same(rows[place++], row);
            outcomes.Add((action, version));
        }
        return returned.Result;
    }

    Task<BulkResult> RunAsync(int verb, ModelRow[] rows, BulkOptions options) => verb switch
    {
        0 => Engine.UpsertAsync(rows, options: options, cancellationToken: Stop),
        1 =>
            Engine.UpsertAsync(rows, on: on => on.Columns(s_m.B, s_m.A).Where(Excluded(s_m.Version) > s_m.Version), options: options,
                cancellationToken: Stop),
        2 => Engine.UpsertAsync(rows, on: on => on.DoNothing(), options: options, cancellationToken: Stop),
        3 => Engine.UpdateAsync(rows, options: options, on: on => on.Set(s_m.Value, s_m.Note), cancellationToken: Stop),
        4 => Engine.DeleteAsync(rows, options: options, cancellationToken: Stop),
        _ => Engine.SyncAsync(rows, s_m.A == 1, options: options, allowEmpty: true, cancellationToken: Stop),
    };
}
