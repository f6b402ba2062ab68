using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>How rows of a type become column values.</summary>
/// <typeparam name="T">The row type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public abstract class RowShape<T>
{
    /// <summary>The fields, in the order in which <see cref="Write{TSink}"/> writes them.</summary>
    public abstract IReadOnlyList<RowField> Fields { get; }

    /// <summary>Writes rows to a sink, each between <see cref="IRowSink.BeginRow"/> and <see cref="IRowSink.EndRow"/>.</summary>
    /// <remarks>One virtual call a block, none a row: the implementation is compiled for each sink.</remarks>
    /// <exception cref="ValueException">A value does not fit its column. Rows before it have been written.</exception>
    public abstract void Write<TSink>(ReadOnlySpan<T> rows, ref TSink sink)
        where TSink : struct, IRowSink;
}
