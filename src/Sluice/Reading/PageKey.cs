
namespace Sluice.Reading;

/// <summary>The value of a key that a page ends with, as the next page's condition has it.</summary>
static class PageKey
{
    /// <summary>The type that the database is told.</summary>
    /// <param name="value">The value as the database gave it.</param>
    /// <param name="described">
    /// The column's type where it is known. A table that is described in C# says of a DateTime that it is a point in time, and of a float
    /// that it is short, whatever the column.
    /// </param>
    internal static SqlType TypeOf(object value, SqlType? described) => (value, described?.Kind) switch
    {
        (_, null) => SqlType.For(value.GetType()),
        (DateTime { Kind: DateTimeKind.Unspecified }, SqlTypeKind.TimestampTz) => SqlType.Timestamp,
        (double, SqlTypeKind.Real) => SqlType.Double,
        _ => described!,
    };
}
