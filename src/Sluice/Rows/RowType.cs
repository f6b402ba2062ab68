using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>The typed code of a row type: rows to column values, and the way back.</summary>
/// <typeparam name="T">The row type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public abstract class RowType<T> : RowShape<T>
{
    /// <summary>Makes a row from the current row of a result whose columns are the fields, in their order.</summary>
    public abstract T Read<TReader>(ref TReader reader)
        where TReader : struct, IRowReader;
}
