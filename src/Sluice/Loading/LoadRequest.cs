using Sluice.Planning;
using Sluice.Providers;

namespace Sluice.Loading;

/// <summary>What a caller asks of a load, before its rows and its table are looked at.</summary>
/// <param name="Sessions">The database.</param>
/// <param name="Named">The table, or null for the source's own.</param>
/// <param name="Operation">What the rows do to the table.</param>
/// <param name="Options">The caller's options.</param>
sealed record LoadRequest(SessionSource Sessions, Table? Named, Operation Operation, BulkOptions Options)
{
    /// <summary>Whether values of the rows are handed back, which only a statement does.</summary>
    internal bool Returns { get; init; }

    /// <summary>Of a call that is several loads, the keys that earlier ones met.</summary>
    internal KeyMemory? Met { get; init; }

    /// <summary>Of a call that is several loads, the rows that earlier ones read, and those of them that are lasting.</summary>
    internal (long Read, long Kept) Before { get; init; }

    /// <summary>Refuses, before a connection is asked for, options that do not work together and rows without a table.</summary>
    internal void Check(RowSource source)
    {
        OptionCheck.Run(Options);
        TargetOf(source);
    }

    /// <summary>The table as it is named, of which the catalog will tell the rest.</summary>
    internal Table TargetOf(RowSource source) => Named ?? source.Table ?? throw LoadProblems.SourceWithoutTable(source.Name);
}
