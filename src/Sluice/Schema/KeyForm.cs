using System.Diagnostics.CodeAnalysis;

namespace Sluice;

/// <summary>Which values of a column a key takes for one, beyond those that are the same anyway.</summary>
[Experimental(ExperimentalFor.Providers)]
public enum KeyForm
{
    /// <summary>No others.</summary>
    Exact,

    /// <summary>Texts that differ in the case of the letters from A to Z.</summary>
    IgnoresCase,

    /// <summary>Texts that differ in blanks at the end.</summary>
    IgnoresTrailingBlanks,

    /// <summary>Numbers, of whatever type, and the texts of them.</summary>
    Number,
}
