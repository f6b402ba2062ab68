using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>Gives the values of the current row of a result, by position.</summary>
/// <remarks>Implemented by structs only, so that typed reading is compiled without boxing or virtual calls.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public interface IRowReader
{
    /// <summary>Whether the value at a position is null.</summary>
    bool IsNull(int index);

    /// <summary>
    /// The value at a position, converted to <typeparamref name="T"/> where that loses nothing; of an enumeration, by its number or its
    /// name.
    /// </summary>
    /// <exception cref="InvalidCastException">The database's value is of another type.</exception>
    /// <exception cref="OverflowException">The number does not fit <typeparamref name="T"/>.</exception>
    T Get<T>(int index);
}

/// <summary>Makes a row from the values of a reader.</summary>
[Experimental(ExperimentalFor.Providers)]
public delegate T RowMaker<T, TReader>(ref TReader reader);
