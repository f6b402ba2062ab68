using System.Globalization;
using Sluice.Rows;
using Sluice.Specification.Databases;
using static Sluice.Sql;

namespace Sluice.Specification.Changes;

/// <summary>Tables of random keys, types and storage, and random verbs, policies, ways and sources: what is stored and told is a simple model's.</summary>
public abstract class ShapesSpec(TestDatabase database) : DatabaseSpec(database)
{
    const int Shapes = 42;
    const int Steps = 40;

    static readonly ShapeRow.ShapeRowTable s_t = ShapeRow.Table;

    static readonly string[] s_words = ["", "a", "B", "ä", "it's"];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What may stand behind a table's columns; {0} is a column of its key.</summary>
    protected abstract IReadOnlyList<string> Storages { get; }

    protected abstract IReadOnlyList<ShapeKey> Keys { get; }

    protected abstract IReadOnlyList<RowPath> Paths { get; }

    [Fact]
    public async Task Whatever_the_table_and_the_verb_the_table_and_the_fates_are_the_models()
    {
        var seed = Environment.GetEnvironmentVariable("SLUICE_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: SLUICE_SEED={seed} runs the same cases again");
        var random = new Random(seed);
        for (var shape = 0; shape < Shapes; shape++)
        {
            var key = random.GetItems(["a", "b", "c"], 3).Distinct().ToArray();
            var kind = Keys[random.Next(Keys.Count)];
            var about = $"{Database.Name}, seed {seed}, shape {shape}, {kind} key ({string.Join(", ", key)}), " + await CreateAsync(random, kind, key);
            // A pool of its own knows nothing of the table that had the name before.
            await using var engine = Database.CreateEngine();
            var model = new ShapeModel(kind, key);
            for (var step = 0; step < Steps; step++)
                model = await new ShapeStep(engine, random, model, kind, key, Paths).RunAsync($"{about}, step {step}");
        }
    }

    async Task<string> CreateAsync(Random random, ShapeKey kind, string[] key)
    {
        await Database.ExecuteAsync("DROP TABLE IF EXISTS shapes");
        var needed = kind is ShapeKey.Primary ? " NOT NULL" : "";
        string Needed(string column) => key.Contains(column) ? needed : "";
        var columns = $"a {random.GetItems(["smallint", "integer", "bigint"], 1)[0]}{Needed("a")}, b {random.GetItems(["text", "varchar(30)"], 1)[0]}{Needed("b")}, c date{Needed("c")}, "
            + $"version {random.GetItems(["integer", "bigint"], 1)[0]} NOT NULL, amount {random.GetItems(["numeric(12,2)", "numeric"], 1)[0]}, note text";
        var names = string.Join(", ", key);
        columns += kind switch
        {
            ShapeKey.Primary => $", PRIMARY KEY ({names})",
            ShapeKey.Unique => $", UNIQUE ({names})",
            ShapeKey.NullsNotDistinct => $", UNIQUE NULLS NOT DISTINCT ({names})",
            _ => "",
        };
        var storage = string.Format(CultureInfo.InvariantCulture, Storages[random.Next(Storages.Count)], key[0]);
        if (kind is not ShapeKey.Primary && storage.StartsWith("WITHOUT", StringComparison.Ordinal))
            storage = "";
        await Database.ExecuteAsync($"CREATE TABLE shapes ({columns}) {storage}");
        for (var i = 0; i < 2 && storage.StartsWith("PARTITION", StringComparison.Ordinal); i++)
            await Database.ExecuteAsync($"CREATE TABLE shapes_{i} PARTITION OF shapes FOR VALUES WITH (MODULUS 2, REMAINDER {i})");
        if (kind is ShapeKey.Partial)
            await Database.ExecuteAsync($"CREATE UNIQUE INDEX shapes_key ON shapes ({names}) WHERE version >= 0");
        return columns + " " + storage;
    }

    /// <summary>One random verb over random rows.</summary>
    sealed class ShapeStep(Engine engine, Random random, ShapeModel model, ShapeKey kind, string[] key, IReadOnlyList<RowPath> paths)
    {
        readonly ShapeVerb _verb = (ShapeVerb)random.Next(9);
        static readonly Duplicates[] s_policies = [Duplicates.Error, Duplicates.KeepFirst, Duplicates.KeepLast];

        readonly Duplicates _duplicates = s_policies[random.Next(3)];
        readonly int _source = random.Next(5);
        readonly List<(RowAction, int?)> _told = [];

        bool IsUpsert => _verb is ShapeVerb.Upsert or ShapeVerb.UpsertNewer or ShapeVerb.UpsertNothing;

        bool Groups => _source == 4 && (IsUpsert || _verb is ShapeVerb.Insert or ShapeVerb.Delete) && (_verb is ShapeVerb.Insert || _duplicates != Duplicates.KeepLast);

        internal async Task<ShapeModel> RunAsync(string about)
        {
            var rows = Rows(random.Next(10) == 0 ? 50 : random.Next(8));
            var lackNote = rows.Select(_ => Groups && random.Next(3) == 0).ToArray();
            about += $", {_verb}, {_duplicates}, source {_source}, rows {string.Join(' ', rows.Zip(lackNote, (row, lacks) => row + (lacks ? "-note" : "")))}";
            var after = model.Copy();
            string? refused = null;
            ((RowAction Action, int? Version)[] Outcomes, long Removed) expected = ([], 0);
            try
            {
                expected = after.Apply(rows, lackNote, _verb, _duplicates);
            }
            catch (ShapeModel.RefusedException refusal)
            {
                refused = refusal.Message;
                after = model;
            }
            var options = Options(refused is not null);
            about += $", {options.Path}, {options.Commit}, {options.ChunkSize}, {options.Parallelism} lanes";
            if (refused is not null)
            {
                var failure = await Record.ExceptionAsync(() => SendAsync(rows, lackNote, options, returns: false));
                Assert.True(failure is BulkRowException row && row.Code == refused, $"{about}: expected {refused}, got {failure?.ToString() ?? "no error"}");
            }
            else
            {
                var returns = _source == 0 && options.Parallelism == 1 && _verb is not ShapeVerb.Sync && (_verb is not ShapeVerb.Insert || kind is ShapeKey.Primary);
                BulkResult result;
                try
                {
                    result = await SendAsync(rows, lackNote, options, returns);
                }
                catch (Exception failure)
                {
                    throw new InvalidOperationException(about + ": " + failure.Message, failure);
                }
                long Of(RowAction action) => expected.Outcomes.Count(o => o.Action == action);
                var (fates, counted) = (
                    $"{rows.Length} read: {Of(RowAction.Inserted)} inserted {Of(RowAction.Updated)} updated {Of(RowAction.Deleted)} deleted {Of(RowAction.Unchanged)} unchanged {Of(RowAction.Skipped)} skipped {expected.Removed} removed",
                    $"{result.Read} read: {result.Inserted} inserted {result.Updated} updated {result.Deleted} deleted {result.Unchanged} unchanged {result.Skipped} skipped {result.Removed} removed");
                Assert.True(fates == counted, $"{about}: expected {fates}; got {counted}\nthere:\n{model}");
                if (returns)
                    Assert.Equal(about + " " + string.Join(' ', expected.Outcomes), about + " " + string.Join(' ', _told.Select((t, i) => expected.Outcomes[i].Version is null ? (t.Item1, null) : t)));
            }
            Assert.Equal(about + "\n" + after, about + "\n" + await StoredAsync());
            return after;
        }

        async Task<string> StoredAsync() =>
            string.Join('\n', (await engine.QueryAsync<ShapeRow>(Select(s_t).From(s_t), Stop)).Select(r => Plain(r).ToString()).Order(StringComparer.Ordinal));

        // A numeric without a scale keeps the zeros that a value was sent with, and numbers of one value are one.
        static ShapeRow Plain(ShapeRow row) => row with { Amount = row.Amount is { } amount ? decimal.Round(amount + 0.00m, 2) : null };

        ShapeRow[] Rows(int count) => [.. Enumerable.Range(0, count).Select(_ => new ShapeRow(
            Maybe("a", random.Next(-2, 3), null), random.Next(4) == 0 && !Needs("b") ? null : s_words[random.Next(s_words.Length)], Maybe("c", new DateOnly(2020, 2, 28).AddDays(random.Next(3)), null),
            random.Next(-2, 5), random.Next(3) == 0 ? null : random.Next(9) / 4m + 0.00m, random.Next(3) == 0 ? null : "n" + random.Next(9)))];

        bool Needs(string column) => kind is ShapeKey.Primary && key.Contains(column);

        T? Maybe<T>(string column, T value, T? nothing)
            where T : struct => random.Next(4) == 0 && !Needs(column) ? nothing : value;

        // Where the model says no, what earlier chunks committed would depend on their sizes.
        BulkOptions Options(bool isRefused)
        {
            var perChunk = !isRefused && _verb is not ShapeVerb.Sync && random.Next(2) == 0;
            var path = paths[random.Next(paths.Count)];
            return new()
            {
                Duplicates = _duplicates,
                ChunkSize = ChunkSize.Fixed(random.Next(1, 9)),
                Commit = perChunk ? CommitPolicy.PerChunk : CommitPolicy.Atomic,
                Order = (RowOrder)random.Next(2),
                Path = _verb is ShapeVerb.Sync && path is RowPath.Arrays ? RowPath.Automatic : path,
                Parallelism = perChunk && random.Next(3) == 0 ? 3 : 1,
            };
        }

        RowSource Source(ShapeRow[] rows, bool[] lackNote)
        {
            string[] names = ["a", "b", "c", "version", "amount", "note"];
            object?[] Values(ShapeRow r) => [r.A, r.B, r.C, r.Version, r.Amount, r.Note];
            Dictionary<string, object?> Named(ShapeRow row, Func<string, bool> has) => names.Zip(Values(row)).Where(p => has(p.First)).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
            return _source switch
            {
                1 => RowSource.From(names, rows.Select(Values)),
                2 => RowSource.From(rows.Select(r => Named(r, _ => true))),
                // The first row has every key; of the others nulls are left out.
                3 => RowSource.From(rows.Select((r, i) => Named(r, name => i == 0 || name != "note" || r.Note is not null)), DictionaryKeys.Fill(new Dictionary<string, object?> { ["note"] = null })),
                4 when Groups => RowSource.From(rows.Select((r, i) => Named(r, name => name != "note" || !lackNote[i])), DictionaryKeys.Group),
                _ => RowSource.From(rows),
            };
        }

        UpsertTarget On(UpsertTarget on)
        {
            on = kind is ShapeKey.Primary && random.Next(2) == 0 ? on : on.Columns([.. key.Reverse().Select(name => s_t.Columns.First(c => c.Name == name))]);
            if (kind is ShapeKey.Partial)
                on = on.WhereIndex(s_t.Version >= 0);
            return _verb switch { ShapeVerb.UpsertNewer => on.Where(Excluded(s_t.Version) > s_t.Version), ShapeVerb.UpsertNothing => on.DoNothing(), _ => on };
        }

        UpdateTarget On(UpdateTarget on)
        {
            on = on.Columns([.. key.Select(name => s_t.Columns.First(c => c.Name == name))]);
            if (_verb is ShapeVerb.Update or ShapeVerb.UpdateNullsEqual)
                on = on.Set(s_t.Amount, s_t.Note);
            return _verb is ShapeVerb.UpdateNullsEqual or ShapeVerb.DeleteNullsEqual ? on.NullsEqual() : on;
        }

        async Task<BulkResult> SendAsync(ShapeRow[] rows, bool[] lackNote, BulkOptions options, bool returns)
        {
            if (!returns)
            {
                var source = Source(rows, lackNote);
                return await (_verb switch
                {
                    ShapeVerb.Insert => engine.InsertAsync(source, s_t, options: options, cancellationToken: Stop),
                    ShapeVerb.Sync =>
                        engine.SyncAsync(source, s_t.Version == 1, s_t, On, options: options, allowEmpty: true, cancellationToken: Stop),
                    ShapeVerb.Update or ShapeVerb.UpdateNullsEqual =>
                        engine.UpdateAsync(source, s_t, On, options: options, cancellationToken: Stop),
                    ShapeVerb.Delete or ShapeVerb.DeleteNullsEqual =>
                        engine.DeleteAsync(source, s_t, On, options: options, cancellationToken: Stop),
                    _ => engine.UpsertAsync(source, s_t, On, options: options, cancellationToken: Stop),
                });
            }
            var returned = _verb switch
            {
                ShapeVerb.Insert => engine.InsertReturningAsync(rows, s_t.Version, options: options, cancellationToken: Stop),
                ShapeVerb.Update or ShapeVerb.UpdateNullsEqual =>
                    engine.UpdateReturningAsync(rows, s_t.Version, on: On, options: options, cancellationToken: Stop),
                ShapeVerb.Delete or ShapeVerb.DeleteNullsEqual =>
                    engine.DeleteReturningAsync(rows, s_t.Version, on: On, options: options, cancellationToken: Stop),
                _ => engine.UpsertReturningAsync(rows, s_t.Version, on: On, options: options, cancellationToken: Stop),
            };
            var place = 0;
            await foreach (var (row, version, action) in returned)
            {
                Assert.Same(rows[place++], row);
                _told.Add((action, version));
            }
            return returned.Result;
        }
    }
}
