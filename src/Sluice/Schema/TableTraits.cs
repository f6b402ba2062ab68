using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>Facts about a table that decide which ways of writing work on it.</summary>
[Flags]
[Experimental(ExperimentalFor.Providers)]
public enum TableTraits
{
    /// <summary>A plain table.</summary>
    None = 0,

    /// <summary>The rows have no number of their own: they are stored by their key.</summary>
    WithoutRowId = 1 << 12,

    /// <summary>The role may not create temporary tables beside it.</summary>
    NoStaging = 1 << 13,

    /// <summary>Its rows live in partitions.</summary>
    Partitioned = 1,

    /// <summary>At least one partition, or the table itself, lives on another server.</summary>
    Foreign = 2,

    /// <summary>Row-level security applies to this connection's user.</summary>
    RowSecurity = 4,

    /// <summary>Triggers run for its rows.</summary>
    Triggers = 8,

    /// <summary>It is a view.</summary>
    View = 16,

    /// <summary>The database refuses values of another type in its columns.</summary>
    Strict = 32,

    /// <summary>A constraint of its own leaves out the rows that break it, ON CONFLICT IGNORE.</summary>
    IgnoresConflicts = 128,

    /// <summary>Its rows are spread over several servers, to which this one sends the statements.</summary>
    Distributed = 256,

    /// <summary>Each of several servers has all of its rows, which this one keeps the same.</summary>
    Replicated = 512,

    /// <summary>A trigger runs before a row is inserted, and may leave it out.</summary>
    Suppressing = 1024,

    /// <summary>It is on this server alone, which spreads other tables over several.</summary>
    Undistributed = 2048,

    /// <summary>Rules of its own say what statements do to it.</summary>
    Rewritten = 1 << 15,

    /// <summary>A column has a collation that takes texts of different bytes for the same.</summary>
    LooseCollation = 1 << 14,
}
