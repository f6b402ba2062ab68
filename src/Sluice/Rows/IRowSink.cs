using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>Receives the values of rows, field by field, in the order of the shape's fields.</summary>
/// <remarks>
/// Implemented by structs only: a shape is compiled once for each, so that an encoder and a binder come from the same typed method
/// without boxing or virtual calls. A value that its column cannot hold is refused with a <see cref="ValueException"/>.
/// Numbers keep their kind: whole numbers arrive as <see cref="long"/> or <see cref="ulong"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[Experimental(ExperimentalFor.Providers)]
public interface IRowSink
{
    /// <summary>Starts a row.</summary>
    void BeginRow();

    /// <summary>Ends a row; every field has been written.</summary>
    void EndRow();

    /// <summary>Passes over the next field if its value is not wanted, so that a shape that must parse values need not.</summary>
    /// <returns>True if the field was passed over; otherwise it must be written.</returns>
    bool TrySkip();

    /// <summary>Writes the absence of a value.</summary>
    void WriteNull();

    /// <summary>Writes a truth value.</summary>
    void Write(bool value);

    /// <summary>Writes a whole number.</summary>
    void Write(long value);

    /// <summary>Writes a whole number that may exceed <see cref="long.MaxValue"/>.</summary>
    void Write(ulong value);

    /// <summary>Writes a floating-point number of 32 bits.</summary>
    void Write(float value);

    /// <summary>Writes a floating-point number of 64 bits.</summary>
    void Write(double value);

    /// <summary>Writes an exact decimal number.</summary>
    void Write(decimal value);

    /// <summary>Writes text.</summary>
    void Write(string value);

    /// <summary>Writes text that is not a string of its own.</summary>
    void Write(ReadOnlySpan<char> value);

    /// <summary>Writes a unique identifier.</summary>
    void Write(Guid value);

    /// <summary>Writes a date with a time; its kind decides which columns it fits.</summary>
    void Write(DateTime value);

    /// <summary>Writes a point in time.</summary>
    void Write(DateTimeOffset value);

    /// <summary>Writes a date.</summary>
    void Write(DateOnly value);

    /// <summary>Writes a time of day.</summary>
    void Write(TimeOnly value);

    /// <summary>Writes a span of time.</summary>
    void Write(TimeSpan value);

    /// <summary>Writes bytes.</summary>
    void WriteBytes(ReadOnlySpan<byte> value);

    /// <summary>Writes an enumeration's value: a number, its name or a label, as the column has it.</summary>
    void WriteEnum<TEnum>(TEnum value)
        where TEnum : struct, Enum;

    /// <summary>Writes a one-dimensional array. The element is a type that this interface has a method for, or a nullable one.</summary>
    void WriteArray<TElement>(ReadOnlySpan<TElement> values);

    /// <summary>Writes a value of a type that only the database's driver knows.</summary>
    void WriteOther(object value);
}

/// <summary>Writes the values of a row, compiled at run time.</summary>
delegate void RowWriter<T, TSink>(ref T row, ref TSink sink);
