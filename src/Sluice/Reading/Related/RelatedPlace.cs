namespace Sluice.Reading.Related;

/// <summary>Where rows come from that others are related to, which decides how those can be read.</summary>
enum RelatedPlace
{
    /// <summary>A query of the caller's that is read to its end.</summary>
    Query,

    /// <summary>A query of the caller's that is read a batch at a time.</summary>
    Stream,

    /// <summary>Another relation, read by a statement that the caller's query is a part of.</summary>
    Embedded,

    /// <summary>Another relation, read by keys.</summary>
    ByKeys,
}
