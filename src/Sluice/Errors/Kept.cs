namespace Sluice;

/// <summary>What is left of what was asked for, after a failure: one of a closed set of states.</summary>
public sealed record Kept
{
    readonly string _text;

    Kept(string text, long? rows = null) => (_text, Rows) = (text, rows);

    /// <summary>The failure does not know.</summary>
    public static Kept Unsaid { get; } = new("");

    /// <summary>Nothing was sent to the database.</summary>
    public static Kept NothingSent { get; } = new("Nothing was sent.", 0);

    /// <summary>Nothing was read from the database or the file.</summary>
    public static Kept NothingRead { get; } = new("Nothing was read.");

    /// <summary>Nothing was changed in the database.</summary>
    public static Kept NothingChanged { get; } = new("Nothing was changed.", 0);

    /// <summary>The statement that failed changed nothing.</summary>
    public static Kept NothingByStatement { get; } = new("The statement changed nothing.", 0);

    /// <summary>No table was created.</summary>
    public static Kept NothingCreated { get; } = new("Nothing was created.", 0);

    /// <summary>The transaction did not commit, and is still open.</summary>
    public static Kept NothingCommitted { get; } = new("Nothing was committed; the transaction is still open.", 0);

    /// <summary>No row was kept.</summary>
    public static Kept Nothing { get; } = new("Nothing was kept.", 0);

    /// <summary>The load was stopped before its end. What it had committed by chunks stays.</summary>
    public static Kept RolledBack { get; } = new("The load was stopped, and what it had not committed was rolled back.");

    /// <summary>The process ended without waiting for the database, which rolls back what was not committed.</summary>
    public static Kept RollsBack { get; } = new("The database rolls back the open transaction, unless its commit had begun already.");

    /// <summary>Nothing was written to the file or the stream.</summary>
    public static Kept NothingWritten { get; } = new("Nothing was written.");

    /// <summary>No file was made or replaced.</summary>
    public static Kept NoFile { get; } = new("No file was written.");

    /// <summary>A file that was to be replaced is as it was.</summary>
    public static Kept FileAsBefore { get; } = new("A file of the name is as it was before.");

    /// <summary>A stream or a device has what was written before the failure.</summary>
    public static Kept PartWritten { get; } = new("What was written before is not the whole.");

    /// <summary>How many rows stay, where that is known; else null.</summary>
    public long? Rows { get; }

    /// <summary>All rows were kept.</summary>
    public static Kept All(long rows) => new(FormattableString.Invariant($"{rows} rows were kept."), rows);

    /// <summary>Rows were kept that were committed before the failure; the rest was rolled back.</summary>
    public static Kept Committed(long rows) => new(CommittedText(rows), rows);

    /// <summary>All rows that had been sent were rolled back.</summary>
    public static Kept SentRolledBack(long sent) =>
        new(FormattableString.Invariant($"{sent} rows had been sent and were rolled back; nothing was kept."), 0);

    /// <summary>Rows were read, of which those stay that had been committed.</summary>
    public static Kept OfLoad(long read, long committed) => new(
        FormattableString.Invariant($"{read} {(read == 1 ? "row" : "rows")} had been read; ") + (committed > 0 ? CommittedText(committed) : "nothing was kept."), committed);

    /// <summary>The last rows may have been committed, or not; those before them were.</summary>
    public static Kept InDoubt(long rows, long before) => new(
        FormattableString.Invariant($"Whether the last {rows} rows were committed is unknown; {before} rows before them were."));

    /// <summary>What a command did in several steps is kept up to the one that failed.</summary>
    public static Kept Steps(long rows) =>
        new(FormattableString.Invariant($"The {rows} rows that were changed before were committed and are kept."), rows);

    /// <summary>The state as a sentence; empty where nothing is known.</summary>
    public override string ToString() => _text;

    static string CommittedText(long rows) =>
        FormattableString.Invariant($"{rows} rows had been committed and were kept; the rest was rolled back.");
}
