using Sluice.PostgreSql.Tests.Servers;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Faults;

/// <summary>What is said of a statement whose connection was cut is true, wherever it was cut.</summary>
public abstract class OutcomeTests(TestPostgres database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public sealed record Note([property: System.ComponentModel.DataAnnotations.Key] long Id, string Text);

    static readonly Table<Note> s_n = Table.For<Note>();

    /// <summary>Calls that store the row of an id and commit by themselves.</summary>
    static readonly Dictionary<string, Func<Database, long, Task>> s_calls = new(StringComparer.Ordinal)
    {
        ["execute insert"] = (d, id) => d.ExecuteAsync(Insert(id), Stop),
        ["execute text"] = (d, id) => d.ExecuteAsync(Text($"INSERT INTO note VALUES ({id}, 'a')"), Stop),
        ["execute text behind a comment"] = (d, id) => d.ExecuteAsync(Text($"/* SELECT */ WITH new AS (INSERT INTO note VALUES ({id}, 'a') RETURNING id) SELECT id FROM new"), Stop),
        ["execute update"] = (d, id) => d.ExecuteAsync(Update(s_n).Set(s_n.Column<long>("id"), id).Where(s_n.Column<long>("id") == -id), Stop),
        ["execute delete and insert"] = (d, id) => d.ExecuteAsync(Writing(id), Stop),
        ["query returning"] = (d, id) => d.QueryAsync<long>(Insert(id).Returning(s_n.Column<long>("id")), Stop),
        ["query pairs"] = (d, id) => d.QueryAsync<long, string>(Insert(id).Returning(s_n.Column<long>("id"), s_n.Column<string>("text")), Stop),
        ["query triples"] = (d, id) => d.QueryAsync<long, string, long>(Insert(id).Returning(s_n.Column<long>("id"), s_n.Column<string>("text"), s_n.Column<long>("id").As("again")), Stop),
        ["query single"] = (d, id) => d.QuerySingleAsync<Note>(Insert(id).Returning(s_n.Column<long>("id"), s_n.Column<string>("text")), Stop),
        ["scalar"] = (d, id) => d.ScalarAsync<long>(Insert(id).Returning(s_n.Column<long>("id")), Stop),
        ["query of a writing CTE"] = (d, id) => d.QueryAsync<long>(Writing(id), Stop),
        ["stream of a writing text"] = async (d, id) =>
        {
            await foreach (var _ in d.StreamAsync<long>(Text($"WITH new AS (INSERT INTO note VALUES ({id}, 'a') RETURNING id) SELECT id FROM new"), cancellationToken: Stop))
            {
                // Read to its end.
            }
        },
        ["insert"] = (d, id) => d.InsertAsync([new Note(id, "a")], cancellationToken: Stop),
        ["upsert"] = (d, id) => d.UpsertAsync([new Note(id, "a")], cancellationToken: Stop),
        ["execute many"] = (d, id) => d.ExecuteManyAsync(InsertInto(s_n).Rows(), [new Note(id, "a")], cancellationToken: Stop),
        ["insert returning"] = async (d, id) =>
        {
            await foreach (var _ in d.InsertReturningAsync([new Note(id, "a")], s_n.Column<long>("id"), cancellationToken: Stop))
            {
                // Read to its end.
            }
        },
        ["create table"] = (d, id) => d.CreateTableAsync(new Table($"note_{id}", null, [new Column<long>("id", SqlType.BigInt)], []), Stop),
    };

    public static TheoryData<string> Calls => [.. s_calls.Keys];

    static SqlInsert Insert(long id) => InsertInto(s_n).Values(id, "a");

    static SqlSelect Writing(long id)
    {
        var written = InsertInto(s_n).Values(id, "a").Returning(s_n.Column<long>("id")).AsCte("written");
        return Select(written[s_n.Column<long>("id")]).From(written);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_statement_that_was_cut_off_is_never_said_to_have_changed_nothing_where_it_did(string name)
    {
        database.Require();
        await database.ExecuteAsync("DROP TABLE IF EXISTS note; CREATE TABLE note (id bigint PRIMARY KEY, text text NOT NULL); INSERT INTO note SELECT -n, 'a' FROM generate_series(1, 500) n");
        await using var proxy = new CutProxy(database.ConnectionString);
        var (done, id) = (0, 0L);
        foreach (var side in new[] { Side.Server, Side.Client })
        {
            foreach (var within in new[] { false, true })
            {
                for (var message = 0; await IsCutAsync(proxy, new Cut(side, message, within), name, ++id) is { } stored; message++)
                    done += stored ? 1 : 0;
            }
        }
        // The server has done what was asked before it answers: else nothing was tested.
        Assert.InRange(done, 2, 500);
    }

    async Task<bool?> IsCutAsync(CutProxy proxy, Cut cut, string name, long id)
    {
        await using var engine = PostgresEngine.Create(proxy.ConnectionString);
        // The connection is there, and where it helps the table is known.
        await engine.UpsertAsync([new Note(0, "warm")], cancellationToken: Stop);
        proxy.Arm(cut);
        var failure = await Record.ExceptionAsync(() => s_calls[name](engine, id));
        proxy.Arm(null);
        if (failure is null)
            return null;
        var told = failure as BulkException;
        Assert.True(told is not null, $"{cut}: {failure}");
        var stored = await IsStoredAsync(name, id);
        if (stored)
        {
            Assert.True(told.Code is "SLU0307" or "SLU0324", $"{cut}: {told.Message}");
            Assert.DoesNotContain("nothing", told.Message, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("rolled back", told.Message, StringComparison.OrdinalIgnoreCase);
        }
        Assert.False(told.Code is "SLU0307" or "SLU0324" && told.IsTransient,
            $"{cut}: what may have happened is not to be done again unseen");
        return stored;
    }

    async Task<bool> IsStoredAsync(string name, long id)
    {
        for (var tries = 0; tries < 200 && await database.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'cut'") > 0; tries++)
            await Task.Delay(20, Stop);
        return name == "create table"
            ? await database.ScalarAsync<bool>($"SELECT to_regclass('note_{id}') IS NOT NULL")
            : await database.ScalarAsync<long>($"SELECT count(*) FROM note WHERE id = {id}") > 0;
    }
}

public sealed class Postgres15OutcomeTests(Postgres15 database) : OutcomeTests(database), IClassFixture<Postgres15>;

public sealed class Postgres18OutcomeTests(Postgres18 database) : OutcomeTests(database), IClassFixture<Postgres18>;
