using System.Diagnostics.CodeAnalysis;

namespace Sluice.Providers;

/// <summary>What a database needs to know to open a reader.</summary>
/// <param name="Statement">The query.</param>
/// <param name="BatchRows">The rows of a batch.</param>
/// <param name="Mode">How the rows are to come.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed record StreamRequest(RenderedStatement Statement, int BatchRows, StreamMode Mode)
{
    /// <summary>
    /// Whether other statements are run on the connection between two batches, so that nothing of the next one may be under way.
    /// </summary>
    /// <value>False.</value>
    public bool IsInterleaved { get; init; }

    /// <summary>
    /// Whether the values that come as text must be in the form that every server reads, whatever the connection is set to.
    /// </summary>
    /// <value>False.</value>
    public bool IsExact { get; init; }

    /// <summary>Whether the caller has begun a transaction, which the reader is a part of and leaves as it is.</summary>
    /// <value>False.</value>
    public bool InTransaction { get; init; }
}

/// <summary>A query as its rows are read without loss.</summary>
/// <param name="Columns">The columns of the result, in order.</param>
/// <param name="Statement">The query in the form that is sent.</param>
/// <param name="IsTypedByValue">Whether each value has a type of its own, which a column without a declared one does not tell.</param>
[Experimental(ExperimentalFor.Providers)]
public sealed record QueryDescription(IReadOnlyList<Column> Columns, RenderedStatement Statement, bool IsTypedByValue);
