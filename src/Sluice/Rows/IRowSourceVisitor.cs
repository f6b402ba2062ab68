using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>Work that needs a source's row type as a type argument, as writing the rows somewhere does.</summary>
/// <typeparam name="TResult">What the work comes to.</typeparam>
[Experimental(ExperimentalFor.Providers)]
public interface IRowSourceVisitor<TResult>
{
    /// <summary>Works on a source.</summary>
    /// <typeparam name="T">The row type.</typeparam>
    Task<TResult> Visit<T>(RowSource<T> source);

    /// <summary>Works on sources one after the other, each to its end before the next is asked for.</summary>
    Task<TResult> VisitRuns(IEnumerable<RowSource<object?[]>> runs);
}
