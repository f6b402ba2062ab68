using System.Diagnostics.CodeAnalysis;
using Sluice.Planning;
using Sluice.Rows;

namespace Sluice.Providers;

/// <summary>
/// What went wrong while writing, as a database package knows it. The load adds what was kept and throws it as a
/// <see cref="BulkRowException"/> or <see cref="BulkException"/>.
/// </summary>
/// <param name="code">The code that docs/errors.md explains.</param>
/// <param name="problem">
/// What was there and what was needed, as a clause that begins in lower case unless a name leads it; no value of the user's in it.
/// </param>
/// <param name="remedy">What to do, as a sentence.</param>
/// <param name="innerException">What the driver said.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed class LoadFault(string code, string problem, Remedy remedy, Exception? innerException = null) : Exception(problem,
    innerException)
{
    /// <summary>The code that docs/errors.md explains.</summary>
    public string Code { get; } = code;

    /// <summary>What was there and what was needed.</summary>
    public string Problem { get; } = problem;

    /// <summary>What to do about it.</summary>
    public Remedy Remedy { get; } = remedy;

    /// <summary>Whether a row's data is at fault; otherwise the connection, the server or the statement is.</summary>
    public bool IsRow { get; init; }

    /// <summary>The row's ordinal in the source, from 0; null where the database did not tell.</summary>
    public long? RowOrdinal { get; init; }

    /// <summary>The column at fault, or null.</summary>
    public string? Column { get; init; }

    /// <summary>The constraint at fault, or null.</summary>
    public string? Constraint { get; init; }

    /// <summary>Where the row stands in its source, or null.</summary>
    public string? Location { get; init; }

    /// <summary>The SQLSTATE, or null.</summary>
    public string? SqlState { get; init; }

    /// <summary>The value at fault, as text, or null; it is shown only where the caller asked for values.</summary>
    public string? Value { get; init; }

    /// <summary>Whether the database refused it only because something before it in the same transaction had failed.</summary>
    public bool IsAftermath { get; init; }

    /// <summary>Of a source that failed, how many rows had been read.</summary>
    internal long RowsRead { get; init; }

    /// <summary>Whether the connection is gone, and with it the transaction that was open.</summary>
    public bool IsLost { get; init; }

    /// <summary>
    /// Whether the same may succeed when it is done again: a deadlock, a serialization failure, a lock, a lost connection.
    /// </summary>
    public bool IsTransient { get; init; }

    /// <summary>Whether it is a value that the driver could not carry to the database or from it.</summary>
    public bool IsNotCarried { get; init; }

    /// <summary>Whether the outcome of a commit is unknown, so that nothing can be said of what was kept.</summary>
    public bool OutcomeUnknown { get; init; }

    /// <summary>The same fault, with the row that was found to cause it.</summary>
    public LoadFault At(long? ordinal, string? location) => new(Code, Problem, Remedy, InnerException)
    {
        IsRow = true,
        RowOrdinal = ordinal,
        Column = Column,
        Constraint = Constraint,
        SqlState = SqlState,
        Location = location,
        IsTransient = IsTransient,
    };

    /// <summary>The fault of a null where a column takes none.</summary>
    public static LoadFault ConstraintBroken(string column, Exception? innerException = null, string? constraint = null) => new(
        "SLU0201", $"the value is null, but column '{column}' is NOT NULL", "Supply a value, or leave the column out to use its default.", innerException)
    {
        IsRow = true,
        Column = column,
        Constraint = constraint,
        SqlState = "23502",
    };

    /// <summary>The fault of a row that is null.</summary>
    public static LoadFault NullRow(long ordinal, string? location) => Of(RowProblems.NullRow()).At(ordinal, location);

    static LoadFault Of(ValueException refused) => new(refused.Code, refused.Problem, refused.Remedy);

    /// <summary>The failure as data, with what was kept.</summary>
    /// <param name="kept">What is left of what was asked for.</param>
    /// <param name="isOfRow">Whether a row of a source is at fault, so that the message begins with its place.</param>
    /// <param name="showsValue">Whether the caller asked for values.</param>
    public Failure ToFailure(Kept kept, bool isOfRow, bool showsValue = false) => new(
        Code, isOfRow && (RowOrdinal is not null || Column is not null) ? Problem : Words.Sentence(Problem), Remedy, kept)
    {
        Kind = isOfRow ? FailureKind.Row : OutcomeUnknown ? FailureKind.UnknownOutcome : FailureKind.Execution,
        RowNumber = RowOrdinal + 1,
        Location = Location,
        ColumnName = Column,
        Constraint = Constraint,
        SqlState = SqlState,
        Value = !showsValue ? null : Value is { Length: > 64 } ? Value[..64] + "…" : Value,
        HidesValue = !showsValue && Value is not null,
        IsTransient = IsTransient && !OutcomeUnknown,
    };

    /// <summary>The fault of a value that its encoder refused.</summary>
    /// <param name="refused">What the encoder said.</param>
    /// <param name="plan">The plan, which knows the column of each field.</param>
    /// <param name="shape">The shape, by which the value itself is read once more.</param>
    /// <param name="chunk">The chunk that the row is in.</param>
    /// <param name="index">The row's index in the chunk.</param>
    /// <param name="field">The field that the sink was at.</param>
    /// <param name="locate">Where rows stand in their source.</param>
    public static LoadFault From<T>(ValueException refused, BulkPlan plan, RowShape<T> shape, RowChunk<T> chunk, int index, int field,
        RowLocator<T> locate)
    {
        ArgumentNullException.ThrowIfNull(refused);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(chunk);
        ArgumentNullException.ThrowIfNull(locate);
        var faulty = refused.Field >= 0 ? refused.Field : field;
        return new LoadFault(refused.Code, refused.Problem, refused.Remedy, refused.InnerException)
        {
            IsRow = true,
            RowOrdinal = chunk.OrdinalOf(index),
            Column = plan.Columns.FirstOrDefault(column => column.FieldIndex == faulty)?.Target.Name,
            Location = locate(chunk.Rows[index]),
            SqlState = refused.SqlState,
            Value = refused.Value ?? RefusedValue.Of(shape, chunk.Rows[index], faulty),
        };
    }
}
