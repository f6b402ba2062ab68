using System.Transactions;
using Npgsql;
using Sluice.Rows;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Pools;

/// <summary>What is done in a TransactionScope is kept when the scope is completed, and only then.</summary>
public abstract class ScopeTests(TestPostgres database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public sealed record Item([property: System.ComponentModel.DataAnnotations.Key] long Id, string Name);

    static readonly Table<Item> s_item = Table.For<Item>();

    static readonly Dictionary<string, Func<Database, Task>> s_verbs = new(StringComparer.Ordinal)
    {
        ["insert"] = d => d.InsertAsync(Items(10, 3), cancellationToken: Stop),
        ["insert of many"] = d => d.InsertAsync(Items(10, 4_000), cancellationToken: Stop),
        ["insert by chunks"] = d =>
            d.InsertAsync(Items(10, 40), options: new BulkOptions { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(10) },
                cancellationToken: Stop),
        ["insert by lanes"] = d =>
            d.InsertAsync(Items(10, 40), options: new BulkOptions { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(10), Parallelism = 3 }, cancellationToken: Stop),
        ["insert of groups"] = d =>
            d.InsertAsync(RowSource.From([new Dictionary<string, object?> { ["id"] = 10L, ["name"] = "a" }, new() { ["name"] = "b", ["id"] = 11L }]), s_item, options: new BulkOptions { Commit = CommitPolicy.PerChunk }, cancellationToken: Stop),
        ["upsert"] = d => d.UpsertAsync(Items(1, 3), cancellationToken: Stop),
        ["upsert of many"] = d => d.UpsertAsync(Items(1, 4_000), cancellationToken: Stop),
        ["update"] = d => d.UpdateAsync([new Item(1, "changed")], cancellationToken: Stop),
        ["delete"] = d => d.DeleteAsync([new Item(1, "")], cancellationToken: Stop),
        ["sync"] = d => d.SyncAsync(Items(10, 2), s_item.Column<long>("id") > 0, cancellationToken: Stop),
        ["execute many"] = d => d.ExecuteManyAsync(Update(s_item).Set(s_item.Column<string>("name"), "x").Where(s_item.Column<long>("id") == Row(s_item.Column<long>("id"))), Items(1, 2), cancellationToken: Stop),
        ["returning"] = d => d.InsertReturningAsync(Items(10, 3), s_item.Column<long>("id"), cancellationToken: Stop).WriteBackAsync((_, _) => { }, Stop),
        ["execute"] = d => d.ExecuteAsync(DeleteFrom(s_item).Where(s_item.Column<long>("id") == 1), Stop),
        ["query"] = d => d.QueryAsync<long>(Update(s_item).Set(s_item.Column<string>("name"), "y").Where(s_item.Column<long>("id") == 1).Returning(s_item.Column<long>("id")), Stop),
        ["scalar"] = d => d.ScalarAsync<long>(Text($"WITH new AS (INSERT INTO item VALUES (77, 'a') RETURNING id) SELECT id FROM new"), Stop),
        ["create table"] = async d =>
        {
            await d.CreateTableAsync(new Table("item_more", null, [new Column<long>("id", SqlType.BigInt)], []), Stop);
            await d.ExecuteAsync(Text($"INSERT INTO item VALUES (99, 'after')"), Stop);
        },
        ["transaction"] = async d =>
        {
            await using var transaction = d is Engine engine ? await engine.BeginAsync(cancellationToken: Stop) : null;
            await (transaction ?? d).InsertAsync(Items(10, 3), cancellationToken: Stop);
            if (transaction is not null)
                await transaction.CommitAsync(Stop);
        },
        ["stream into insert"] = async d =>
        {
            var from = d.StreamAsync<Item>(Select(s_item).From(s_item), new StreamOptions { YieldPer = 1 }, Stop);
            await d.InsertAsync(Moved(from), options: new BulkOptions { ChunkSize = ChunkSize.Fixed(1) }, cancellationToken: Stop);

            static async IAsyncEnumerable<Item> Moved(IAsyncEnumerable<Item> items)
            {
                await foreach (var item in items)
                    yield return item with { Id = item.Id + 100 };
            }
        },
        ["pages, related and described"] = async d =>
        {
            await d.InsertAsync(Items(10, 30), cancellationToken: Stop);
            var seen = 0;
            await foreach (var _ in d.StreamByKeyAsync<Item>(Select(s_item).From(s_item), s_item.Column<long>("id").Asc(), 7, Stop))
                seen++;
            Assert.Equal(32, seen);
            await using var rows = await d.OpenRowsAsync(await d.ReadTableAsync("item", Stop), cancellationToken: Stop);
            await d.DeleteAsync(Items(10, 30), cancellationToken: Stop);
            await d.InsertAsync(Items(500, 1), cancellationToken: Stop);
        },
    };

    static Item[] Items(int from, int count) => [.. Enumerable.Range(from, count).Select(i => new Item(i, $"new {i}"))];

    static TransactionScope NewScope(TransactionScopeOption option = TransactionScopeOption.Required) => new(
        option, new System.Transactions.TransactionOptions { IsolationLevel = IsolationLevel.ReadCommitted, Timeout = TimeSpan.FromMinutes(5) }, TransactionScopeAsyncFlowOption.Enabled);

    public static TheoryData<string, string> Verbs => new(s_verbs.Keys.SelectMany(v => new[] { "cold", "warm", "source", "attached" }, (v, w) => (v, w)));

    Task<string> LookAsync() => database.RunPsqlAsync("SELECT count(*), coalesce(sum(id), 0), coalesce(string_agg(name, ',' ORDER BY id) FILTER (WHERE id < 20), '') FROM item");

    async Task ResetAsync()
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS item, item_more; CREATE TABLE item (id bigint PRIMARY KEY, name text NOT NULL); INSERT INTO item VALUES (1, 'one'), (2, 'two')");
    }

    sealed class Way(Database found, IAsyncDisposable? beneath) : IAsyncDisposable
    {
        internal Database Found => found;

        public async ValueTask DisposeAsync()
        {
            await found.DisposeAsync();
            if (beneath is not null)
                await beneath.DisposeAsync();
        }
    }

    async Task<Way> OpenAsync(string way)
    {
        switch (way)
        {
            case "source":
                var source = NpgsqlDataSource.Create(database.ConnectionString);
                return new Way(PostgresEngine.Create(source), source);
            case "attached":
                var connection = new NpgsqlConnection(database.ConnectionString);
                await connection.OpenAsync(Stop);
                return new Way(PostgresEngine.Attach(connection), connection);
            default:
                var engine = PostgresEngine.Create(database.ConnectionString, new() { PoolSize = 2, MaxOverflow = 0, PoolTimeout = TimeSpan.FromSeconds(20) });
                if (way == "warm")
                    Assert.Equal(2, await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM item"), Stop));
                if (way == "warm")
                    await engine.UpsertAsync([new Item(1, "one")], cancellationToken: Stop);
                return new Way(engine, null);
        }
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task What_is_done_in_a_scope_is_kept_when_it_is_completed_and_only_then(string verb, string way)
    {
        await ResetAsync();
        var before = await LookAsync();
        await using var opened = await OpenAsync(way);
        using (NewScope())
        {
            await s_verbs[verb](opened.Found);
            Assert.Equal(before, await LookAsync());
        }
        Assert.Equal(before, await LookAsync());
        Assert.Equal("f", (await database.RunPsqlAsync("SELECT to_regclass('item_more') IS NOT NULL")).Trim());
        Assert.Equal("one", await opened.Found.ScalarAsync<string>(Text($"SELECT name FROM item WHERE id = 1"), Stop));

        using (var scope = NewScope())
        {
            await s_verbs[verb](opened.Found);
            scope.Complete();
        }
        Assert.NotEqual(before, await LookAsync());
        Assert.Empty(await database.OpenWorkAsync());
    }

    [Fact]
    public async Task A_load_that_fails_in_a_scope_is_undone_alone()
    {
        await ResetAsync();
        await using var opened = await OpenAsync("cold");
        using (var scope = NewScope())
        {
            await opened.Found.InsertAsync(Items(10, 1), cancellationToken: Stop);
            await Assert.ThrowsAsync<BulkRowException>(() => opened.Found.InsertAsync(Items(9, 2), cancellationToken: Stop));
            scope.Complete();
        }
        Assert.Equal("1,2,10", (await database.RunPsqlAsync("SELECT string_agg(id::text, ',' ORDER BY id) FROM item")).Trim());
    }

    [Fact]
    public async Task A_scope_sees_its_own_rows_and_shares_one_connection_with_what_else_works_in_it()
    {
        await ResetAsync();
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var engine = PostgresEngine.Create(source);
        using (var scope = NewScope())
        {
            await engine.InsertAsync(Items(10, 1), cancellationToken: Stop);
            await using (var connection = await source.OpenConnectionAsync(Stop))
            {
                await using var command = new NpgsqlCommand("INSERT INTO item SELECT id + 1, name FROM item WHERE id = 10", connection);
                Assert.Equal(1, await command.ExecuteNonQueryAsync(Stop));
            }
            Assert.Equal(4, await engine.ScalarAsync<long>(Text($"SELECT count(*) FROM item"), Stop));
            var both = await Task.WhenAll(
                engine.ScalarAsync<long>(Text($"SELECT count(*) FROM item"), Stop), engine.ScalarAsync<long>(Text($"SELECT max(id) FROM item"), Stop));
            Assert.Equal([4, 11], both);
            scope.Complete();
        }
        Assert.Equal(4, await database.CountAsync("item"));
    }

    [Fact]
    public async Task Scopes_within_and_beside_each_other_have_transactions_of_their_own()
    {
        await ResetAsync();
        await using var opened = await OpenAsync("warm");
        using (NewScope())
        {
            await opened.Found.InsertAsync(Items(10, 1), cancellationToken: Stop);
            using (var own = NewScope(TransactionScopeOption.RequiresNew))
            {
                await opened.Found.InsertAsync(Items(20, 1), cancellationToken: Stop);
                own.Complete();
            }
            using (NewScope(TransactionScopeOption.Suppress))
                await opened.Found.InsertAsync(Items(30, 1), cancellationToken: Stop);
            using (var same = NewScope())
            {
                await opened.Found.InsertAsync(Items(40, 1), cancellationToken: Stop);
                same.Complete();
            }
        }
        Assert.Equal("1,2,20,30", (await database.RunPsqlAsync("SELECT string_agg(id::text, ',' ORDER BY id) FROM item")).Trim());
    }

    [Fact]
    public async Task Many_scopes_at_once_wait_for_each_other_and_exhaust_no_pool()
    {
        await ResetAsync();
        await using var opened = await OpenAsync("cold");
        await Parallel.ForEachAsync(Enumerable.Range(100, 60), Stop, async (id, stop) =>
        {
            using var scope = NewScope();
            await opened.Found.InsertAsync(Items(id, 1), cancellationToken: stop);
            await opened.Found.ExecuteAsync(Text($"SET LOCAL work_mem = '5MB'"), stop);
            if (id % 2 == 0)
                scope.Complete();
        });
        Assert.Equal(32, await database.CountAsync("item"));
        Assert.Equal("4MB", await opened.Found.ScalarAsync<string>(Text($"SHOW work_mem"), Stop));
    }

    [Fact]
    public async Task What_comes_too_late_or_would_be_lost_is_refused_in_words()
    {
        await ResetAsync();
        await using var opened = await OpenAsync("warm");
        using (var scope = NewScope())
        {
            await opened.Found.InsertAsync(Items(10, 1), cancellationToken: Stop);
            scope.Complete();
            var late = await Assert.ThrowsAsync<InvalidOperationException>(() => opened.Found.InsertAsync(Items(11, 1), cancellationToken: Stop));
            Assert.Contains("TransactionScope was completed", late.Message, StringComparison.Ordinal);
        }
        using (NewScope())
        {
            System.Transactions.Transaction.Current!.Rollback();
            var aborted = await Record.ExceptionAsync(() => opened.Found.InsertAsync(Items(12, 1), cancellationToken: Stop));
            Assert.True(aborted is BulkException or InvalidOperationException { Source: "Sluice" }, aborted?.ToString());
        }
        Assert.Equal("SLU0157", WithoutFlow());
        Assert.Equal("1,2,10", (await database.RunPsqlAsync("SELECT string_agg(id::text, ',' ORDER BY id) FROM item")).Trim());

        // Such a scope belongs to its thread.
        string WithoutFlow()
        {
            var code = "";
            var thread = new Thread(() =>
            {
                using var scope = new TransactionScope();
                code = (Record.Exception(() => opened.Found.InsertAsync(Items(13, 1), cancellationToken: Stop).GetAwaiter().GetResult()) as BulkException)?.Code ?? "none";
            });
            thread.Start();
            thread.Join();
            return code;
        }
    }

    [Fact]
    public async Task A_transaction_that_ends_amid_a_load_takes_all_of_it()
    {
        await ResetAsync();
        await using var opened = await OpenAsync("warm");
        var scope = NewScope();
        var ambient = System.Transactions.Transaction.Current!;
        var failure = await Record.ExceptionAsync(() => opened.Found.InsertAsync(Ending(), options: new BulkOptions { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(10), Order = RowOrder.AsGiven }, cancellationToken: Stop));
        scope.Dispose();
        Assert.True(failure is BulkException or InvalidOperationException, failure?.ToString());
        Assert.Equal(2, await database.CountAsync("item"));

        IEnumerable<Item> Ending()
        {
            foreach (var item in Items(10, 55))
                yield return item;
            ambient.Rollback();
            foreach (var item in Items(100, 55))
                yield return item;
        }
    }

    [Fact]
    public async Task Without_enlisting_the_scope_is_none_of_the_engine_s_business()
    {
        await ResetAsync();
        await using var engine = PostgresEngine.Create(database.ConnectionString + ";Enlist=false");
        using (NewScope())
            await engine.InsertAsync(Items(10, 1), cancellationToken: Stop);
        Assert.Equal(3, await database.CountAsync("item"));
    }
}

public sealed class Postgres15ScopeTests(Postgres15 database) : ScopeTests(database), IClassFixture<Postgres15>;

public sealed class Postgres18ScopeTests(Postgres18 database) : ScopeTests(database), IClassFixture<Postgres18>;
