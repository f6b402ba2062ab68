using Sluice.Rows;

namespace Sluice;

/// <summary>Rows of one type, read once, in order.</summary>
/// <typeparam name="T">The row type.</typeparam>
public abstract class RowSource<T> : RowSource
{
    /// <summary>Fits the source to the table that it will be loaded into.</summary>
    /// <param name="target">The table as the database describes it.</param>
    /// <returns>The shape whose fields the plan matches to the table's columns by name.</returns>
    /// <exception cref="BulkPlanException">The source cannot supply rows for this table. Nothing was read.</exception>
    public abstract RowShape<T> Bind(Table target);

    /// <summary>Reads rows into a block, waiting for at least one.</summary>
    /// <returns>The rows read; 0 only at the end.</returns>
    public abstract ValueTask<int> ReadAsync(Memory<T> rows, CancellationToken cancellationToken);

    /// <summary>Where a row stands in the source, for messages: "line 42"; null where only its number is known.</summary>
    public virtual string? Locate(in T row) => null;

    /// <summary>
    /// About how many bytes of memory rows take, or null to have that found out from their values. A chunk is full at 8 MiB.
    /// </summary>
    /// <remarks>A source that knows reads few rows at a time where they are large.</remarks>
    public virtual long? BytesOf(ReadOnlySpan<T> rows) => null;

    /// <summary>Whether rows may leave fields out, which is not the same as having no value for them.</summary>
    /// <value>False.</value>
    public virtual bool MayLeaveOut => false;

    /// <summary>
    /// Whether a row leaves a field out: an insert gives its column the default, and what changes rows leaves it as it is.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="field">The index of the field.</param>
    public virtual bool LeavesOut(in T row, int field) => false;

    /// <inheritdoc/>
    public sealed override Task<TResult> Accept<TResult>(IRowSourceVisitor<TResult> visitor) => visitor.Visit(this);
}
