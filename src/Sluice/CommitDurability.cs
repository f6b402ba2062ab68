using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>When what a load has committed is on the disk.</summary>
[Experimental(ExperimentalFor.Later)]
public enum CommitDurability
{
    /// <summary>At each commit, as far as the database's own settings ask for it.</summary>
    EachCommit,

    /// <summary>At the last commit: those before it do not wait for the disk, so that a crash can undo them, always from the end.</summary>
    /// <remarks>Not available yet: a load that asks for it is refused with SLU0192.</remarks>
    AtEnd,
}
