using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>What failed.</summary>
[Experimental(ExperimentalFor.Providers)]
public enum FailureKind
{
    /// <summary>The rows, the table and the operation do not fit together.</summary>
    Plan,

    /// <summary>There is no such table.</summary>
    MissingTable,

    /// <summary>A row: its encoder or the database refused it.</summary>
    Row,

    /// <summary>The source of the rows.</summary>
    Source,

    /// <summary>The file or stream that rows are written to.</summary>
    Output,

    /// <summary>No connection to the database could be made.</summary>
    Unreachable,

    /// <summary>The database refused or stopped what was asked for, or the connection to it was lost.</summary>
    Execution,

    /// <summary>What was asked for may have been done, or not.</summary>
    UnknownOutcome,
}
