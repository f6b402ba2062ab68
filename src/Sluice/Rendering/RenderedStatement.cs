namespace Sluice;

/// <summary>A statement as one database gets it.</summary>
/// <param name="Text">The SQL, with the placeholders <c>$1</c>, <c>$2</c> and so on.</param>
/// <param name="Parameters">The values of the placeholders, in order.</param>
public sealed record RenderedStatement(string Text, IReadOnlyList<SqlParameter> Parameters)
{
    /// <summary>Whether the parameters are slots for the rows of a source.</summary>
    /// <value>False.</value>
    public bool TakesRows { get; init; }

    /// <summary>
    /// Whether it has text or functions of the caller's, which may change more than rows: a setting of the session, a lock that it holds.
    /// </summary>
    /// <value>False.</value>
    public bool MayChangeSession { get; init; }

    /// <summary>
    /// Whether it is a query of which no part changes rows: SELECT, VALUES or TABLE, also after WITH. Text of the caller's is judged by its
    /// words; what a function does that it calls is not known.
    /// </summary>
    /// <value>False.</value>
    public bool OnlyReads { get; init; }

    /// <summary>
    /// Whether it inserts what a query selects and may leave rows out for existing ones, and returns nothing: what it says of itself
    /// is all that tells how many.
    /// </summary>
    /// <value>False.</value>
    public bool CountsOnlyByItself { get; init; }

    /// <summary>Whether it is planned each time for the rows that are there then, so that it is never kept prepared.</summary>
    /// <value>False.</value>
    public bool IsPlannedAnew { get; init; }

    /// <summary>Whether another one has the same text, the same values and the same effects.</summary>
    public bool Equals(RenderedStatement? other) => other is not null && Text == other.Text
        && (TakesRows, MayChangeSession, OnlyReads) == (other.TakesRows, other.MayChangeSession, other.OnlyReads)
        && (CountsOnlyByItself, IsPlannedAnew) == (other.CountsOnlyByItself, other.IsPlannedAnew)
        && Parameters.Count == other.Parameters.Count && Parameters.Zip(other.Parameters).All(pair => pair.First.IsSame(pair.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The SQL text.</summary>
    public override string ToString() => Text;
}
