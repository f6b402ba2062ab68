using System.Diagnostics.CodeAnalysis;
using Sluice.Rows;

namespace Sluice.Reading;

/// <summary>A row of a query whose columns are known only at run time.</summary>
[Experimental(ExperimentalFor.Providers)]
public readonly struct DatabaseRow
{
    readonly StoredValue[] _values;

    internal DatabaseRow(StoredValue[] values) => _values = values;

    /// <summary>The number of values.</summary>
    public int Count => _values.Length;

    /// <summary>The value at a position, as an object of its usual .NET type; null where there is none.</summary>
    /// <remarks>
    /// A number that is exact, an interval, an array and a type that .NET lacks is the text that the database writes for it.
    /// </remarks>
    public object? this[int index] => _values[index].ToObject();

    internal ReadOnlySpan<StoredValue> Values => _values;
}
