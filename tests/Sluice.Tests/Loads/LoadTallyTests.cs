using Sluice.Loading;
using Sluice.Providers;
using Sluice.Rows;

namespace Sluice.Tests.Loads;

public sealed class LoadTallyTests
{
    static readonly BulkOptions s_perChunk = new() { Commit = CommitPolicy.PerChunk };

    static LoadTally Tally(IProgress<BulkProgress>? progress = null) => new(RowSource.From(Array.Empty<Keyed<int, int, int>>()), progress);

    static Sluice.Planning.BulkPlan Plan => Plans.For<Keyed<int, int, int>>([0]);

    [Fact]
    public void Rows_that_were_sent_and_stored_are_inserted()
    {
        var tally = Tally();
        foreach (var rows in (int[])[10, 10, 5])
            tally.Finish(tally.Start(rows), bytes: rows * 100);
        tally.Committed(new RowFates(25));

        var result = tally.Prove(Plan);

        Assert.Equal((25L, 25L, 0L, 0L, 1, 3), (result.Read, result.Inserted, result.Skipped, result.Remaining, result.Commits, result.Chunks));
        Assert.True(result.IsBalanced);
        Assert.Equal([10, 10, 5], result.ChunkTimings.Select(t => t.Rows));
    }

    [Fact]
    public void Rows_that_the_database_left_out_are_skipped()
    {
        var tally = Tally();
        tally.Start(10);
        tally.Committed(new RowFates(7));
        tally.Start(10);
        tally.Committed(new RowFates(10));

        var result = tally.Prove(Plan);

        Assert.Equal((20L, 17L, 3L, 2), (result.Read, result.Inserted, result.Skipped, result.Commits));
    }

    [Fact]
    public void More_rows_stored_than_sent_is_no_result()
    {
        var tally = Tally();
        tally.Start(10);
        tally.Committed(new RowFates(11));

        Assert.Equal("SLU0309", Assert.Throws<BulkException>(() => tally.Prove(Plan)).Code);
    }

    [Fact]
    public void Nothing_sent_is_nothing_read()
    {
        var result = Tally().Prove(Plan);
        Assert.Equal((0L, 0L, 0, 0), (result.Read, result.Loaded, result.Commits, result.Chunks));
    }

    [Fact]
    public void A_fault_of_a_row_says_its_number_and_what_was_kept()
    {
        var tally = Tally();
        tally.Start(10);
        tally.Committed(new RowFates(10));
        tally.Start(10);
        var fault = new LoadFault("SLU0203", "the value is odd", "Make it even.") { IsRow = true, RowOrdinal = 14, Column = "a", Location = "line 16", SqlState = "22003", Value = "7" };

        var failure = Assert.IsType<BulkRowException>(tally.Explain(fault, s_perChunk));

        Assert.Equal(
            "Row 15 (line 16), column 'a': the value is odd. Make it even. 20 rows had been read; 10 rows had been committed and were kept; the rest was rolled back. Set IncludeValues to see the value. (SLU0203)",
            failure.Message);
        Assert.Equal((15, "a", "line 16", "22003", 10), (failure.RowNumber, failure.ColumnName, failure.Location, failure.SqlState, failure.RowsKept));
    }

    [Fact]
    public void Values_are_shown_when_asked_for_and_cut_at_64_characters()
    {
        var tally = Tally();
        tally.Start(1);
        var fault = new LoadFault("SLU0203", "the value is odd", "Make it even.") { IsRow = true, RowOrdinal = 0, Value = new string('7', 100) };

        var failure = tally.Explain(fault, new BulkOptions { Faults = new() { IncludeValues = true } });

        Assert.Equal($"Row 1: the value is odd (value '{new string('7', 64)}…'). Make it even. 1 row had been read; nothing was kept. (SLU0203)", failure.Message);
    }

    [Fact]
    public void An_unknown_outcome_is_told_as_one()
    {
        var tally = Tally();
        tally.Start(10);
        tally.Committed(new RowFates(10));
        tally.Start(5);

        var failure = tally.Explain(new LoadFault("SLU0307", "the connection was lost during COMMIT", "Look into the table.") { OutcomeUnknown = true }, s_perChunk);

        Assert.IsNotType<BulkRowException>(failure);
        Assert.Equal((10, 5, false), (failure.RowsKept, failure.RowsInDoubt, failure.IsTransient));
        Assert.Contains("Whether the last 5 rows were committed is unknown; 10 rows before them were.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_reported_after_each_chunk()
    {
        var seen = new List<BulkProgress>();
        var tally = Tally(new Collecting(seen));
        tally.Finish(tally.Start(10), 100);
        tally.Committed(new RowFates(10));
        tally.Finish(tally.Start(5), 150);

        Assert.Equal(2, seen.Count);
        Assert.Equal([1, 2], seen.Select(p => p.Chunks));
        Assert.Equal([100L, 150L], seen.Select(p => p.Bytes));
    }

    sealed class Collecting(List<BulkProgress> seen) : IProgress<BulkProgress>
    {
        public void Report(BulkProgress value) => seen.Add(value);
    }
}
