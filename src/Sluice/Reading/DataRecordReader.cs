using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Sluice.Rows;

namespace Sluice.Reading;

/// <summary>Gives the values of a data reader's current row to typed row code.</summary>
/// <remarks>
/// A value of the type that is asked for comes from the driver without boxing. Numbers of another type are converted where nothing is lost:
/// drivers cut or round some of them in silence. All other conversions are the driver's own.
/// </remarks>
/// <param name="reader">On a row; not closed.</param>
[Experimental(ExperimentalFor.Providers)]
public readonly struct DataRecordReader(DbDataReader reader) : IRowReader
{
    /// <inheritdoc/>
    public bool IsNull(int index) => reader.IsDBNull(index);

    /// <inheritdoc/>
    public T Get<T>(int index)
    {
        // Decided when the method is compiled for T: other types do not even ask.
        if (typeof(T).IsValueType && EnumReading<T>.Is)
            return EnumReading<T>.Get(reader, index);
        if ((typeof(T).IsPrimitive || typeof(T) == typeof(decimal) || typeof(T) == typeof(BigInteger)) && reader.GetFieldType(index) != typeof(T))
            return NumberReading.Convert<T>(reader, index);
        return reader.GetFieldValue<T>(index);
    }
}
