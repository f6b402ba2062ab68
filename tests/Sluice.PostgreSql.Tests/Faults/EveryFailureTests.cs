using Npgsql;
using Sluice.PostgreSql.Tests.Servers;
using Sluice.Specification.Faults;
using static Sluice.Sql;

namespace Sluice.PostgreSql.Tests.Faults;

/// <summary>Whatever happens to the connection, at whichever message, nothing raw comes out of a public method, and the engine goes on.</summary>
public abstract class EveryFailureTests(TestPostgres database)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly PublicCalls s_calls = new();

    [Fact]
    public void Every_public_method_is_called_here() => Assert.Empty(s_calls.Missing());

    /// <summary>A way to the database: what is called, and what is under it.</summary>
    sealed record Way(Database Database, Func<ValueTask> End) : IAsyncDisposable
    {
        // What the test itself has opened may well be broken.
        public async ValueTask DisposeAsync()
        {
            await Database.DisposeAsync();
            await Record.ExceptionAsync(() => End().AsTask());
        }
    }

    static async Task<Way> OpenAsync(string way, string connectionString)
    {
        switch (way)
        {
            case "pool":
                return new Way(PostgresEngine.Create(connectionString, new() { LoadTypes = false, PoolSize = 2, MaxOverflow = 0 }), () => default);
            case "source":
                var builder = new NpgsqlDataSourceBuilder(connectionString);
                builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
                var source = builder.Build();
                return new Way(PostgresEngine.Create(source), source.DisposeAsync);
            default:
                var connection = new NpgsqlConnection(connectionString + ";Server Compatibility Mode=NoTypeLoading;Pooling=false");
                await connection.OpenAsync(Stop);
                var transaction = way == "attached in a transaction" ? await connection.BeginTransactionAsync(Stop) : null;
                return new Way(PostgresEngine.Attach(connection, transaction), connection.DisposeAsync);
        }
    }

    static readonly Cut[] s_harms = [new(Side.Server, 0, false), new(Side.Server, 0, true), new(Side.Server, 0, false, Nonsense: true), new(Side.Client, 0, true)];

    [Theory]
    [InlineData("pool")]
    [InlineData("source")]
    [InlineData("attached")]
    [InlineData("attached in a transaction")]
    public async Task Nothing_raw_comes_out_wherever_the_connection_is_cut(string way)
    {
        database.Require();
        await using var proxy = new CutProxy(database.ConnectionString);
        var faults = new List<string>();
        var (cuts, place) = (0, 0);
        foreach (var (name, call) in s_calls.ByName)
        {
            // Every call is cut at a few messages, and the next call at others, so that together they are cut at each.
            foreach (var harm in s_harms)
            {
                for (var step = 0; step < 2; step++)
                    cuts += await RunAsync(proxy, way, name, call, harm with { Message = place++ % (harm.By is Side.Client ? 7 : step == 0 ? 12 : 45) }, faults) ? 1 : 0;
            }
        }
        Assert.True(faults.Count == 0, $"{faults.Count} of {cuts} cuts:\n{string.Join("\n", faults.Take(25))}");
        Assert.InRange(cuts, 45, 20_000);
    }

    [Fact]
    public async Task Nothing_raw_comes_out_where_the_login_is_cut()
    {
        database.Require();
        await using var proxy = new CutProxy(database.ConnectionString);
        var faults = new List<string>();
        var cuts = 0;
        foreach (var harm in new[] { new Cut(Side.Server, 0, false), new Cut(Side.Server, 0, true), new Cut(Side.Server, 0, false, Nonsense: true), new Cut(Side.Client, 0, false), new Cut(Side.Client, 0, true) })
        {
            for (var message = 0; message < 50; message++)
            {
                proxy.Arm(harm with { Message = message });
                await using var engine = PostgresEngine.Create(proxy.ConnectionString);
                Note(await Record.ExceptionAsync(() => engine.ScalarAsync<int>(Select(Literal(1)), Stop).WaitAsync(TimeSpan.FromSeconds(40), Stop)), $"login, {harm with { Message = message }}", faults);
                if (!proxy.HasCut)
                    break;
                cuts++;
            }
        }
        Assert.True(faults.Count == 0, $"{faults.Count} of {cuts} cuts:\n{string.Join("\n", faults.Take(25))}");
        Assert.InRange(cuts, 45, 1_000);
    }

    static void Note(Exception? failure, string where, List<string> faults)
    {
        if (failure is not null && Verdict.Of(failure) is { } fault)
            faults.Add($"{where}: {fault}");
    }

    async Task<bool> RunAsync(CutProxy proxy, string way, string name, Func<Database, Task> call, Cut cut, List<string> faults)
    {
        proxy.Arm(null);
        await database.ExecuteAsync(PublicCalls.Setup);
        var where = $"{way}, {name}, {cut}";
        var opened = await OpenAsync(way, proxy.ConnectionString);
        try
        {
            await opened.Database.ScalarAsync<int>(Select(Literal(1)), Stop);
            proxy.Arm(cut);
            Note(await Record.ExceptionAsync(() => call(opened.Database).WaitAsync(TimeSpan.FromSeconds(40), Stop)), where, faults);
            var hasCut = proxy.HasCut;
            proxy.Arm(null);
            if (hasCut && opened.Database is Engine)
                Note(await Record.ExceptionAsync(() => GoesOnAsync(opened.Database)), where + ", afterwards", faults);
            return hasCut;
        }
        finally
        {
            Note(await Record.ExceptionAsync(() => opened.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(40), Stop)), where + ", disposal", faults);
        }
    }

    // The pool may still hold a connection that was cut when nobody used it: that is told once, and not again.
    static async Task GoesOnAsync(Database database)
    {
        try
        {
            await database.ScalarAsync<int>(Select(Literal(1)), Stop);
        }
        catch (BulkException lost) when (lost.Code == "SLU0303")
        {
            await database.ScalarAsync<int>(Select(Literal(1)), Stop);
        }
    }
}

public sealed class Postgres15EveryFailureTests(Postgres15 database) : EveryFailureTests(database), IClassFixture<Postgres15>;

public sealed class Postgres18EveryFailureTests(Postgres18 database) : EveryFailureTests(database), IClassFixture<Postgres18>;
