using System.Globalization;

namespace Sluice.Specification.Databases;

/// <summary>A database of one test class' own: an engine on it to test, and a raw driver and a client program to look with.</summary>
/// <remarks>A class fixture. Where its server is missing it says why in <see cref="Unavailable"/> instead of failing to be made.</remarks>
public abstract class TestDatabase : IAsyncLifetime
{
    Engine? _engine;
    int _names;

    /// <summary>The database and its version, as messages and reports name it.</summary>
    public abstract string Name { get; }

    /// <summary>Why the database cannot be had; null where it can.</summary>
    public string? Unavailable { get; protected set; }

    /// <summary>The engine that the class' tests share.</summary>
    public Engine Engine => _engine ??= CreateEngine();

    /// <summary>An engine of the caller's own, with a pool of its own.</summary>
    public abstract Engine CreateEngine();

    /// <summary>Runs SQL through the raw driver.</summary>
    public abstract Task ExecuteAsync(string sql);

    /// <summary>The rows of a query as the raw driver gives them, null for NULL.</summary>
    public abstract Task<IReadOnlyList<object?[]>> QueryAsync(string sql);

    /// <summary>What the database's own client program prints for SQL: values with '|' between, a row a line.</summary>
    public abstract Task<string> RunClientAsync(string sql);

    /// <summary>Transactions and statements that other connections have open, each as one line; none where all are at rest.</summary>
    public abstract Task<IReadOnlyList<string>> OpenWorkAsync();

    /// <summary>Makes a trigger note every row that is inserted into a table in another one that is numbered too.</summary>
    public abstract Task CreateNotingTriggerAsync(string table);

    public async Task<T> ScalarAsync<T>(string sql) =>
        (T)Convert.ChangeType((await QueryAsync(sql))[0][0]!, typeof(T), CultureInfo.InvariantCulture);

    public Task<long> CountAsync(string table) => ScalarAsync<long>($"SELECT count(*) FROM {table}");

    /// <summary>A name that no other test of the class uses.</summary>
    public string NewName(string stem) => string.Create(CultureInfo.InvariantCulture, $"{stem}_{Interlocked.Increment(ref _names)}");

    /// <summary>Whether each test of a suite runs twice on one engine, so that the ways are tried that a call takes on a table it knows.</summary>
    public virtual bool RunsTwice => false;

    /// <summary>The names of the tables.</summary>
    public abstract Task<IReadOnlyList<string>> TablesAsync();

    /// <summary>Ends the current test as not run where the database is missing; on CI it fails instead.</summary>
    public void Require()
    {
        if (Unavailable is null)
            return;
        if (Repository.IsContinuousIntegration)
            Assert.Fail(Unavailable);
        Assert.Skip(Unavailable);
    }

    public abstract ValueTask InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_engine is not null)
            await _engine.DisposeAsync();
    }
}
