using System.Data.Common;
using System.Linq.Expressions;
using System.Reflection;
using System.Threading.Channels;
using Sluice.Providers;
using Sluice.Reading;
using Sluice.Rows;
using static Sluice.Sql;

namespace Sluice.Specification.Faults;

/// <summary>Every public method that asks a database for something, called once in a way that works where nothing fails.</summary>
/// <remarks>Each is named by the call itself, so that <see cref="Missing"/> tells a new method that is not here.</remarks>
public sealed class PublicCalls
{
    static readonly Table<Part> s_parts = Table.For<Part>();
    static readonly Column<long> s_id = s_parts.Column<long>("id");
    static readonly Column<long> s_parent = s_parts.Column<long>("parent_id");
    static readonly Column<string> s_name = s_parts.Column<string>("name");

    /// <summary>Makes and fills the table that the calls are for, in both databases.</summary>
    public const string Setup =
        "DROP TABLE IF EXISTS parts; CREATE TABLE parts (id bigint PRIMARY KEY, name text NOT NULL, parent_id bigint); "
        + "INSERT INTO parts VALUES (1, 'one', NULL), (2, 'two', 1), (3, 'three', 1); DROP TABLE IF EXISTS more_parts;";

    readonly List<(MethodInfo Method, Func<Database, Task> Run)> _calls = [];

    public PublicCalls()
    {
        AddStatements();
        AddReading();
        AddLoads();
        AddReturning();
        AddTrees();
        AddTransactions();
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The calls by their names; those of one name are numbered.</summary>
    public IReadOnlyDictionary<string, Func<Database, Task>> ByName => _calls
        .GroupBy(c => c.Method.Name)
        .SelectMany(g => g.Select((c, i) => (Name: g.Count() == 1 ? g.Key : $"{g.Key} {i + 1}", c.Run)))
        .ToDictionary(c => c.Name, c => c.Run, StringComparer.Ordinal);

    /// <summary>Public methods that no call is for.</summary>
    public IReadOnlyList<string> Missing()
    {
        Type[] databases = [typeof(SessionSource), typeof(Database), typeof(Engine), typeof(Transaction), typeof(Savepoint)];
        string[] without = ["OpenSessionAsync", "Render", "ToString", "Equals", "GetHashCode", "GetType"];
        var own = databases.SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)).Where(m => !m.IsSpecialName && !without.Contains(m.Name));
        var verbs = typeof(Database).Assembly.GetExportedTypes().Where(t => t is { IsAbstract: true, IsSealed: true }).SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Where(m => m.GetParameters() is [var first, ..] && databases.Contains(first.ParameterType));
        // Overloads of a verb differ in where the rows come from, or in how many columns are read.
        var called = _calls.Select(c => (c.Method.GetBaseDefinition().DeclaringType, c.Method.Name)).ToHashSet();
        return [.. own.Concat(verbs).Where(m => !called.Contains((m.GetBaseDefinition().DeclaringType, m.Name))).Select(m => $"{m.DeclaringType!.Name}.{m}")];
    }

    void Add(Expression<Func<Database, object>> call) => Add(Called(call.Body), call.Compile());

    void Add(MethodInfo method, Func<Database, object> call) => _calls.Add((method.IsGenericMethod ? method.GetGenericMethodDefinition() : method, d => DrainAsync(call(d))));

    static MethodInfo Called(Expression body) => ((MethodCallExpression)(body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : body)).Method;

    static RowSource Rows(int from, int count) => RowSource.From(Part.Some(from, count));

    void AddStatements()
    {
        Add(d => d.ExecuteAsync(Update(s_parts).Set(s_name, "x").Where(s_id == 1), Stop));
        Add(d => d.QueryAsync<Part>(Select(s_parts).From(s_parts), Stop));
        Add(d => d.QueryAsync<long, string>(Select(s_id, s_name).From(s_parts), Stop));
        Add(d => d.QueryAsync<long, string, long?>(Select(s_id, s_name, s_parent).From(s_parts), Stop));
        Add(d => d.QuerySingleAsync<long>(InsertInto(s_parts).Columns(s_id, s_name).Values(50L, "q").Returning(s_id), Stop));
        Add(d => d.QuerySingleOrDefaultAsync<Part>(Select(s_parts).From(s_parts).Where(s_id == 2), Stop));
        Add(d => d.QueryFirstOrDefaultAsync<long>(Select(s_id).From(s_parts), Stop));
        Add(d => d.ScalarAsync<long>(Select(Count()).From(s_parts), Stop));
        Add(d => d.ReadTableAsync("parts", Stop));
        Add(d => d.CreateTableAsync(new Table("more_parts", null, new[] { (Column)new Column<long>("id", SqlType.BigInt) }, new[] { 0 }, null), Stop));
    }

    void AddReading()
    {
        var options = new StreamOptions { YieldPer = 2 };
        SqlOrder[] keys = [s_id.Asc()];
        Add(d => d.StreamAsync<Part>(Select(s_parts).From(s_parts), options, Stop));
        Add(d => d.StreamAsync<long, string>(Select(s_id, s_name).From(s_parts), options, Stop));
        Add(d => d.StreamAsync<long, string, long?>(Select(s_id, s_name, s_parent).From(s_parts), new StreamOptions { Mode = StreamMode.Direct }, Stop));
        Add(d => d.StreamByKeyAsync<Part>(Select(s_parts).From(s_parts), s_id.Asc(), 2, Stop));
        Add(d => d.StreamByKeyAsync<Part>(Select(s_parts).From(s_parts), keys, 2, Stop));
        Add(d => d.OpenRowsAsync(s_parts, options, Stop));
        Add(d => d.OpenRowsAsync(Select(s_id).From(s_parts), options, Stop));
        Add(d => d.ExecuteReaderAsync(Select(s_id, s_name).From(s_parts), options, Stop));
    }

    void AddLoads()
    {
        Add(d => d.InsertAsync(Part.Some(100, 3), null, null, Stop));
        Add(d => d.InsertAsync(Part.Some(200, 3).ToAsyncEnumerable(), null, null, Stop));
        Add(d => d.InsertAsync(ChannelOf(Part.Some(300, 3)), null, null, Stop));
        Add(d => d.InsertAsync(Rows(400, 3), null, new BulkOptions { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(1) }, Stop));
        Add(d => d.InsertAsync(Rows(500, 3), s_parts, new BulkOptions { Target = new() { CreateTable = true } }, Stop));
        Add(d => d.PlanInsertAsync(Rows(1, 1), s_parts, null, Stop));
        Add(d => d.UpsertAsync(Part.Some(1, 5), null, null, null, Stop));
        Add(d => d.UpsertAsync(Part.Some(1, 5).ToAsyncEnumerable(), null, null, new BulkOptions { Commit = CommitPolicy.PerChunk, ChunkSize = ChunkSize.Fixed(2) }, Stop));
        Add(d => d.UpsertAsync(Rows(1, 4_000), s_parts, null, null, Stop));
        Add(d => d.UpdateAsync(Part.Some(1, 3), null, null, null, Stop));
        Add(d => d.UpdateAsync(Rows(1, 4_000), s_parts, null, null, Stop));
        Add(d => d.DeleteAsync(Part.Some(1, 2), null, null, null, Stop));
        Add(d => d.DeleteAsync(Rows(1, 4_000), s_parts, null, null, Stop));
        Add(d => d.SyncAsync(Part.Some(1, 2), s_id > 0, null, null, false, null, Stop));
        Add(d => d.SyncAsync(Rows(1, 2), s_id > 0, s_parts, null, false, null, Stop));
        Add(d => d.ExecuteManyAsync(Update(s_parts).Set(s_name, Row(s_name)).Where(s_id == Row(s_id)), Part.Some(1, 3), null, Stop));
        Add(d => d.ExecuteManyAsync(DeleteFrom(s_parts).Where(s_id == Row(s_id)), Rows(1, 2), null, Stop));
        Add(d => d.ExplainAsync(DeleteFrom(s_parts).Where(s_id == Row(s_id)), Rows(1, 2), null, Stop));
        Add(d => d.PlanUpsertAsync(Rows(1, 1), s_parts, null, null, Stop));
        Add(d => d.PlanUpdateAsync(Rows(1, 1), s_parts, null, null, Stop));
        Add(d => d.PlanDeleteAsync(Rows(1, 1), s_parts, null, null, Stop));
        Add(d => d.PlanSyncAsync(Rows(1, 1), s_id > 0, s_parts, null, null, Stop));
        Add(d => d.InsertGraphAsync(Part.Some(600, 3), null, Stop));
    }

    static ChannelReader<Part> ChannelOf(Part[] parts)
    {
        var channel = Channel.CreateUnbounded<Part>();
        foreach (var part in parts)
            channel.Writer.TryWrite(part);
        channel.Writer.Complete();
        return channel.Reader;
    }

    void AddReturning()
    {
        Column[] columns = [s_id];
        Add(d => d.InsertReturningAsync(Part.Some(700, 3), s_id, null, null, Stop));
        Add(d => d.InsertReturningAsync<Part, Part>(Part.Some(710, 3), s_parts.Columns, null, null, Stop));
        Add(d => d.UpsertReturningAsync(Part.Some(1, 5), s_id, null, null, null, Stop));
        Add(d => d.UpsertReturningAsync<Part, Part>(Part.Some(1, 5), s_parts.Columns, null, null, null, Stop));
        Add(d => d.UpdateReturningAsync(Part.Some(1, 3), s_id, null, null, null, Stop));
        Add(d => d.UpdateReturningAsync<Part, Part>(Part.Some(1, 3), s_parts.Columns, null, null, null, Stop));
        Add(d => d.DeleteReturningAsync(Part.Some(1, 3), s_id, null, null, null, Stop));
        Add(d => d.DeleteReturningAsync<Part, Part>(Part.Some(1, 3), s_parts.Columns, null, null, null, Stop));
    }

    void AddTrees()
    {
        SqlFrom edges = s_parts;
        SqlQuery some = Select(s_id, s_parent).From(s_parts).Where(s_parent.IsNotNull());
        Add(d => d.TopologicalLevelsAsync(edges, s_id, s_parent, Stop));
        Add(d => d.TopologicalLevelsAsync(some, s_id, s_parent, Stop));
        Add(d => d.DeleteTreeAsync(Descendants(s_parts, s_id, s_parent, Param(1L)), null, Stop));
        Add(d => d.UpdateTreeAsync(Descendants(s_parts, s_id, s_parent, Param(1L)), Update(s_parts).Set(s_name, "t").All(), TreeOrder.ParentsFirst, new TreeOptions { Commit = CommitPolicy.PerChunk, ChunkRows = 1 }, Stop));
    }

    // What is done in a transaction fails there; its own methods are these.
    void AddTransactions()
    {
        Named(nameof(Transaction.CommitAsync), typeof(Transaction), (transaction, _) => transaction.CommitAsync(Stop));
        Named(nameof(Transaction.RollbackAsync), typeof(Transaction), (transaction, _) => transaction.RollbackAsync(Stop));
        Named(nameof(Transaction.DisposeAsync), typeof(Transaction), (_, _) => Task.CompletedTask);
        Named(nameof(Transaction.SavepointAsync), typeof(Transaction), async (transaction, _) => await (await transaction.SavepointAsync(Stop)).ReleaseAsync(Stop));
        Named(nameof(Savepoint.ReleaseAsync), typeof(Savepoint), (_, savepoint) => savepoint.ReleaseAsync(Stop));
        Named(nameof(Savepoint.RollbackAsync), typeof(Savepoint), (_, savepoint) => savepoint.RollbackAsync(Stop));
        Named(nameof(Savepoint.DisposeAsync), typeof(Savepoint), (_, _) => Task.CompletedTask);
        Add(typeof(Engine).GetMethod(nameof(Engine.BeginAsync))!, d => WithinAsync(d, async (transaction, _) =>
        {
            await transaction.InsertAsync(Part.Some(800, 3), cancellationToken: Stop);
            await transaction.CommitAsync(Stop);
        }));
        Add(typeof(Engine).GetMethod(nameof(Engine.RentConnectionAsync))!, RentAsync);
        Add(typeof(Database).GetMethod(nameof(Database.DisposeAsync))!, d => d.ScalarAsync<int>(Select(Literal(1)), Stop));

        void Named(string name, Type type, Func<Transaction, Savepoint, Task> run) => Add(type.GetMethod(name)!, d => WithinAsync(d, run));
    }

    // What is then done on the connection fails as the driver has it.
    static async Task RentAsync(Database database)
    {
        if (database is Engine engine)
            await (await engine.RentConnectionAsync(Stop)).DisposeAsync();
    }

    static async Task WithinAsync(Database database, Func<Transaction, Savepoint, Task> run)
    {
        // An attached connection has no transactions of its own.
        if (database is not Engine engine)
            return;
        await using var transaction = await engine.BeginAsync(cancellationToken: Stop);
        await using var savepoint = await transaction.SavepointAsync(Stop);
        await transaction.ExecuteAsync(Update(s_parts).Set(s_name, "y").Where(s_id == 1), Stop);
        await run(transaction, savepoint);
    }

    /// <summary>Does what a caller does with what the method gave.</summary>
    static async Task DrainAsync(object given)
    {
        if (given is Task task)
        {
            await task;
            given = task.GetType().GetProperty("Result")?.GetValue(task) ?? "";
        }
        switch (given)
        {
            case DbDataReader reader:
                await using (reader)
                {
                    while (await reader.ReadAsync(Stop))
                        reader.GetValue(0);
                }
                break;
            case DatabaseRows rows:
                await using (rows)
                {
                    while (await rows.ReadAsync(new DatabaseRow[2], Stop) > 0)
                        continue;
                }
                break;
            default:
                if (given.GetType().GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)) is { } sequence)
                    await (Task)typeof(PublicCalls).GetMethod(nameof(EnumerateAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(sequence.GenericTypeArguments).Invoke(null, [given])!;
                break;
        }
    }

    static async Task EnumerateAsync<T>(IAsyncEnumerable<T> rows)
    {
        await foreach (var _ in rows)
            continue;
    }
}
