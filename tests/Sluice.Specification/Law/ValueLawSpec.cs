using System.Globalization;
using Sluice.Specification.Databases;

namespace Sluice.Specification.Law;

/// <summary>
/// The law for values: what goes in comes out, or is refused before anything is kept. Every .NET type meets every type of column by every way
/// in, and what is stored is read without Sluice. A cell that breaks the law is a line of the failure.
/// </summary>
public abstract class ValueLawSpec(TestDatabase database) : DatabaseSpec(database)
{
    /// <summary>The columns of the matrix.</summary>
    protected abstract IReadOnlyList<LawColumn> Columns { get; }

    /// <summary>The ways into this database beside those that all have.</summary>
    protected virtual IReadOnlyList<LawPath> MorePaths => [];

    /// <summary>The cells that are known to be otherwise, each with the reason.</summary>
    protected abstract IReadOnlyList<LawException> Exceptions { get; }

    /// <summary>Makes what the columns' types need.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_goes_in_comes_out_or_is_refused_before_anything_is_kept()
    {
        await PrepareAsync();
        var faults = new LawFaults(Database.Name, Exceptions);
        foreach (var column in Columns)
        {
            await Database.ExecuteAsync($"CREATE TABLE {column.Table} (id integer NOT NULL PRIMARY KEY, v {column.Type})");
            var table = await Engine.ReadTableAsync(column.Table);
            foreach (var type in LawValues.All)
                await new LawCell(Database, table, column, type, faults).RunAsync([.. LawPath.All, .. MorePaths]);
        }
        faults.AssertNone();
    }

    [Fact]
    public async Task A_row_is_found_by_the_value_that_it_was_stored_with()
    {
        await PrepareAsync();
        var faults = new LawFaults(Database.Name, Exceptions);
        foreach (var column in Columns)
        {
            var name = column.Table + "_key";
            try
            {
                await Database.ExecuteAsync($"CREATE TABLE {name} (v {column.Type} NOT NULL PRIMARY KEY, n integer)");
            }
            catch (System.Data.Common.DbException)
            {
                // No key can have the type, as json.
                continue;
            }
            await Database.ExecuteAsync($"DROP TABLE IF EXISTS law_children; DROP TABLE IF EXISTS law_parents; CREATE TABLE law_parents (v {column.Type} NOT NULL PRIMARY KEY, n integer); "
                + $"CREATE TABLE law_children (id integer NOT NULL PRIMARY KEY, parent_v {column.Type} NOT NULL)");
            var table = await Engine.ReadTableAsync(name);
            foreach (var type in LawValues.All)
                await new LawKeyCell(Database, table, column, type, faults).RunAsync();
        }
        faults.AssertNone();
    }
}

/// <summary>A cell, or a kind of cells, that does not hold the law.</summary>
/// <param name="Reason">Why, in a sentence that is true.</param>
/// <param name="Holds">Whether a fault is of this kind.</param>
public sealed record LawException(string Reason, Func<LawFault, bool> Holds);

/// <summary>A broken cell.</summary>
/// <param name="Type">The .NET type.</param>
/// <param name="Value">The value.</param>
/// <param name="Column">The column.</param>
/// <param name="Path">The way in, or out.</param>
/// <param name="What">What came.</param>
public sealed record LawFault(string Type, object? Value, LawColumn Column, string Path, string What)
{
    /// <summary>What is stored, where something is.</summary>
    public string? Stored { get; init; }

    /// <summary>Whether the value was read, or returned.</summary>
    public bool IsReading => Path.StartsWith("reading", StringComparison.Ordinal);

    /// <summary>Whether the value came among values of no declared type.</summary>
    public bool IsUntyped =>
        Path.EndsWith("of lists", StringComparison.Ordinal) || Path is "insert of dictionaries" or "insert of a reader";

    /// <summary>The value as failures print it.</summary>
    public string Printed { get; init; } = "";
}

sealed class LawFaults(string database, IReadOnlyList<LawException> exceptions)
{
    readonly List<LawFault> _faults = [];

    internal int Cells { get; set; }

    internal void Add(LawFault fault)
    {
        if (!exceptions.Any(e => e.Holds(fault)))
            _faults.Add(fault);
    }

    internal void AssertNone()
    {
        Assert.True(Cells > 1_000, string.Create(CultureInfo.InvariantCulture, $"The matrix has {Cells} cells."));
        if (_faults.Count > 0)
        {
            Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{_faults.Count} of {Cells} cells of {database} break the law:\n")
                + string.Join('\n', _faults.GroupBy(f => (f.Printed, f.Column.Type, f.What)).Select(g => $"{g.Key.Printed} → {g.Key.Type}: {g.Key.What} ({string.Join(", ", g.Select(f => f.Path))})")));
        }
    }
}
