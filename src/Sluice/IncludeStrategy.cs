namespace Sluice;

/// <summary>How related rows are read. All ways give the same objects; they differ in what is sent to the database.</summary>
public enum IncludeStrategy
{
    /// <summary>
    /// By the keys of the rows that were read, each once, some thousands a statement: the related rows and nothing else are read.
    /// </summary>
    SelectIn,

    /// <summary>
    /// In the same statement, by LEFT JOIN: one round trip, but a row with many related ones is sent as many times. One list at most.
    /// </summary>
    Joined,

    /// <summary>
    /// By one statement with the first query in it: no keys are sent, but the first query runs again. One with LIMIT needs an order that is
    /// unique.
    /// </summary>
    Subquery,
}
