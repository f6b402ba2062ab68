using Microsoft.Data.Sqlite;
using Sluice.Specification.Faults;

namespace Sluice.Sqlite.Tests.Faults;

/// <summary>Whatever is wrong with the file, nothing raw comes out of a public method.</summary>
public sealed class EveryFailureTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("sluice-faults").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly PublicCalls s_calls = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.EnumerateFiles(_folder))
            File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Every_public_method_is_called_here() => Assert.Empty(s_calls.Missing());

    /// <summary>What is done to the file, before it is opened or between two calls.</summary>
    static readonly Dictionary<string, (bool IsOpen, Action<string> Break)> s_faults = new(StringComparer.Ordinal)
    {
        ["nothing"] = (false, _ => { }
        ),
        ["not a database"] = (false, path => File.WriteAllText(path, new string('x', 20_000))),
        ["a folder in its place"] = (false, path =>
        {
            File.Delete(path);
            Directory.CreateDirectory(path);
        }
        ),
        ["truncated"] = (false, path => Shorten(path, 4_096)),
        ["truncated while it is open"] = (true, path => Shorten(path, 4_096)),
        ["overwritten while it is open"] = (true, path => Overwrite(path, 4_096)),
        ["malformed schema"] = (false, path => Execute(path, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE parts (id' WHERE name = 'parts'")),
        ["malformed schema while it is open"] = (true, path => Execute(path, "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE parts (id' WHERE name = 'parts'; PRAGMA schema_version = 4711")),
        ["broken trigger"] = (false, path => Execute(path, "CREATE TABLE gone (n); CREATE TRIGGER broken AFTER INSERT ON parts BEGIN INSERT INTO gone VALUES (1); END; CREATE TRIGGER broken2 AFTER UPDATE ON parts BEGIN INSERT INTO gone VALUES (1); END; PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'gone'")),
        ["a view that is broken"] = (false, path => Execute(path, "ALTER TABLE parts RENAME TO other; CREATE VIEW parts AS SELECT id, name, parent_id FROM other; DROP TABLE other")),
        ["a trigger that raises"] = (false, path => Execute(path, "CREATE TRIGGER no BEFORE INSERT ON parts BEGIN SELECT RAISE(ROLLBACK, 'no'); END; CREATE TRIGGER no2 BEFORE DELETE ON parts BEGIN SELECT RAISE(FAIL, 'no'); END")),
        ["read-only"] = (false, path => Execute(path, "PRAGMA journal_mode = DELETE")),
        ["locked"] = (true, _ => { }
        ),
        ["full"] = (false, _ => { }
        ),
    };

    static void Shorten(string path, int length)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(length);
    }

    static void Overwrite(string path, int from)
    {
        using var file = File.OpenWrite(path);
        file.Position = from;
        file.Write(Enumerable.Repeat((byte)0xa5, (int)Math.Max(0, file.Length - from)).ToArray());
    }

    static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous = OFF;" + sql;
        command.ExecuteNonQuery();
    }

    public static TheoryData<string, string> Faults => new(s_faults.Keys.SelectMany(f => new[] { "engine", "attached", "attached in a transaction" }, (f, w) => (f, w)));

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Nothing_raw_comes_out_whatever_is_wrong_with_the_file(string fault, string way)
    {
        var raw = new List<string>();
        var place = 0;
        var failed = 0;
        var sound = Path.Combine(_folder, "sound.db");
        Execute(sound, "PRAGMA journal_mode = DELETE;" + PublicCalls.Setup + "CREATE TABLE filler (n); INSERT INTO filler VALUES (zeroblob(20000))");
        // A connection of the caller's waits for ten seconds: a few calls are enough to see that.
        foreach (var (name, call) in s_calls.ByName.Where((_, i) => fault != "locked" || way == "engine" || i % 30 == 0))
        {
            var path = Path.Combine(_folder, $"{place++}.db");
            File.Copy(sound, path);
            var failure = await RunAsync(fault, way, path, call);
            failed += failure is null ? 0 : 1;
            if (failure is not null && Verdict.Of(failure) is { } words)
                raw.Add($"{fault}, {way}, {name}: {words}");
        }
        Assert.True(raw.Count == 0, $"{raw.Count} of {place}:\n{string.Join("\n", raw.Take(15))}");
        Assert.InRange(failed, fault == "nothing" ? 0 : 1, fault == "nothing" ? 0 : place);
    }

    static BulkException OfDriver() =>
        new(new Failure("SLU0301", "The driver's own connection failed", "", Kept.Unsaid) { Kind = FailureKind.Unreachable });

    static async Task<Exception?> RunAsync(string fault, string way, string path, Func<Database, Task> call)
    {
        var (isOpen, harm) = s_faults[fault];
        var options = new SqliteEngineOptions { BusyTimeout = TimeSpan.FromMilliseconds(20), Synchronous = SqliteSynchronous.Off };
        try
        {
            if (!isOpen)
                harm(path);
            await using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=1{(fault == "read-only" ? ";Mode=ReadOnly" : "")}");
            if (way != "engine" && await Record.ExceptionAsync(() => connection.OpenAsync(Stop)) is not null)
                return OfDriver();
            if (fault == "read-only")
                File.SetAttributes(path, FileAttributes.ReadOnly);
            await using var transaction = way == "attached in a transaction" ? connection.BeginTransaction(deferred: true) : null;
            await using var database = way == "engine" ? SqliteEngine.Create(path, options) : SqliteEngine.Attach(connection, transaction);
            if (isOpen && way != "attached in a transaction")
                await database.ReadTableAsync("parts", Stop);
            if (isOpen)
                harm(path);
            if (fault == "read-only" && way == "engine")
                await database.ExecuteAsync(Sql.Text($"PRAGMA query_only = ON"), Stop);
            if (fault == "full")
                await database.ExecuteAsync(Sql.Text($"PRAGMA max_page_count = 1"), Stop);
            await using var other = new SqliteConnection($"Data Source={path};Pooling=False");
            if (fault == "locked")
            {
                await other.OpenAsync(Stop);
                await using var command = other.CreateCommand();
                command.CommandText = "BEGIN EXCLUSIVE; UPDATE parts SET name = 'held'";
                await command.ExecuteNonQueryAsync(Stop);
            }
            return await Record.ExceptionAsync(() => call(database).WaitAsync(TimeSpan.FromSeconds(30), Stop));
        }
        catch (Exception failure) when (failure is BulkException or SqliteException)
        {
            // SQLite's own driver may fail where the test itself uses it.
            return failure is BulkException ? failure : OfDriver();
        }
    }

    [Fact]
    public async Task A_second_writer_of_an_engine_waits_no_longer_than_it_may_and_is_told_for_whom()
    {
        var path = Path.Combine(_folder, "busy.db");
        Execute(path, PublicCalls.Setup);
        await using var engine = SqliteEngine.Create(path, new() { BusyTimeout = TimeSpan.FromMilliseconds(100) });
        await using (var held = await engine.BeginAsync(cancellationToken: Stop))
        {
            var second = await Assert.ThrowsAsync<StatementException>(() => engine.BeginAsync(cancellationToken: Stop));
            Assert.Equal(("SLU0304", "55P03", true), (second.Code, second.SqlState, second.IsTransient));
            Assert.Contains("a transaction, since", second.Message, StringComparison.Ordinal);
            var load = await Assert.ThrowsAsync<BulkException>(() => engine.InsertAsync(Part.Some(100, 3), cancellationToken: Stop));
            Assert.Equal(("SLU0304", "55P03", true), (load.Code, load.SqlState, load.IsTransient));
            await held.InsertAsync(Part.Some(200, 3), cancellationToken: Stop);
            var statement = await Assert.ThrowsAsync<StatementException>(() => engine.ExecuteAsync(Sql.Text($"DELETE FROM parts"), Stop));
            Assert.Contains("Another transaction of this engine", statement.Message, StringComparison.Ordinal);
            await held.CommitAsync(Stop);
        }
        Assert.Equal(6, await engine.ScalarAsync<long>(Sql.Text($"SELECT count(*) FROM parts"), Stop));
    }

    [Fact]
    public async Task A_token_during_any_call_is_a_cancellation()
    {
        var path = Path.Combine(_folder, "token.db");
        Execute(path, PublicCalls.Setup);
        Execute(path, string.Concat(Enumerable.Range(0, 300).Select(i => $"CREATE TABLE t{i} (a, b, c, d, UNIQUE (a, b));")));
        await using var engine = SqliteEngine.Create(path);
        var cancelled = 0;
        for (var i = 0; i < 300; i++)
        {
            using var stop = new CancellationTokenSource();
            var reading = engine.ReadTableAsync($"t{i}", stop.Token);
            await stop.CancelAsync();
            var failure = await Record.ExceptionAsync(() => reading);
            Assert.True(failure is null or OperationCanceledException, failure?.ToString());
            cancelled += failure is null ? 0 : 1;
        }
        Assert.InRange(cancelled, 0, 300);
        Assert.Equal(4, (await engine.ReadTableAsync("t7", Stop)).Columns.Count);
    }

    [Theory]
    [InlineData("Data Source=app.db")]
    [InlineData("DataSource=app.db;Mode=ReadOnly")]
    [InlineData("Filename=app.db")]
    public void A_connection_string_is_no_path(string given) => Assert.Throws<ArgumentException>(() => SqliteEngine.Create(given));

    [Fact]
    public void Options_out_of_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SqliteEngineOptions { BusyTimeout = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SqliteEngineOptions { Begin = (SqliteBegin)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SqliteEngineOptions { JournalMode = (SqliteJournalMode)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SqliteEngineOptions { PreparedStatements = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SqliteEngineOptions { CompiledStatements = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SqliteEngineOptions { StatementTimeout = TimeSpan.Zero });
        Assert.Throws<ArgumentNullException>(() => new BulkOptions { Commit = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => CommitPolicy.Every(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BulkOptions { Order = (RowOrder)9 });
        Assert.Throws<ArgumentNullException>(() => new BulkOptions { Duplicates = null! });
        Assert.Throws<ArgumentNullException>(() => new BulkOptions { ChunkSize = null! });
        Assert.Throws<ArgumentOutOfRangeException>(() => new BulkOptions { Path = (RowPath)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamOptions { Mode = (StreamMode)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TransactionOptions { LockTimeout = TimeSpan.Zero });
    }
}
