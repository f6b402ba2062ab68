using System.Reflection;
using Sluice.Rows;
using Sluice.Specification.Databases;

namespace Sluice.Specification;

/// <summary>What must hold for every database. A test project inherits a suite once for each database that it has.</summary>
/// <remarks>
/// A call on a table that its engine has met before may take a shorter way. Where the database asks for it (<see cref="TestDatabase.RunsTwice"/>), each
/// test of the suite runs twice on one engine: first as that engine's first work, then on tables made anew that it knows already.
/// </remarks>
public abstract class DatabaseSpec : IAsyncLifetime
{
    Engine? _own;

    protected DatabaseSpec(TestDatabase database)
    {
        database.Require();
        Database = database;
    }

    protected TestDatabase Database { get; }

    /// <summary>The engine that is tested.</summary>
    protected Engine Engine => _own ?? Database.Engine;

    /// <summary>Makes what each test begins with.</summary>
    protected virtual ValueTask SetUpAsync() => ValueTask.CompletedTask;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await SetUpAsync();
        if (!Database.RunsTwice)
            return;
        var own = Database.CreateEngine();
        _own = own;
        await RunAsync();
        // Tables are made by another engine, and then shown to the one that is tested.
        _own = null;
        await SetUpAsync();
        _own = own;
        foreach (var name in await Database.TablesAsync())
            await KnowAsync(await own.ReadTableAsync(name, TestContext.Current.CancellationToken));
    }

    // The runner itself runs the test after this.
    async Task RunAsync()
    {
        var test = (Xunit.v3.IXunitTest)TestContext.Current.Test!;
        var work = test.TestMethod.Method.Invoke(this, BindingFlags.DoNotWrapExceptions, binder: null, test.TestMethodArguments, culture: null);
        if (work is Task task)
            await task;
        else if (work is ValueTask valueTask)
            await valueTask;
    }

    // A load of no rows reads the table's description, which the engine remembers.
    async Task KnowAsync(Table table)
    {
        var columns = table.Columns.Where(c => c.Generated is not Generated.Computed).Select(c => c.Name).ToList();
        await Engine.InsertAsync(RowSource.From(columns, []), table, cancellationToken: TestContext.Current.CancellationToken);
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_own is not null)
            await _own.DisposeAsync();
    }
}
