using Sluice.Reading.Related;

namespace Sluice;

/// <summary>Reads related rows along with the rows of a query.</summary>
public static class IncludeVerb
{
    /// <summary>Reads related rows along with the rows, and gives them to the property that the relation stands for.</summary>
    /// <param name="query">The query, whose rows are of the relation's type.</param>
    /// <param name="relation">Such as <c>o.Lines</c>, filtered, ordered and with relations of its own as needed.</param>
    /// <param name="strategy">How they are read.</param>
    /// <remarks>
    /// Heeded by <c>QueryAsync</c> and the streams. A property for a list gets an empty one where there are no related rows, another one
    /// null.
    /// Statements see the rows of their own time, unless they run in a transaction that sees those of one.
    /// </remarks>
    public static SqlSelect Include(this SqlSelect query, Relation relation, IncludeStrategy strategy = IncludeStrategy.SelectIn)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(relation);
        return query.With(new Included(relation, strategy));
    }
}
