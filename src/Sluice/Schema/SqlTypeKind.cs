namespace Sluice;

/// <summary>The families of column types that a loader must tell apart.</summary>
/// <remarks>
/// A family decides which values fit and how they are encoded; length, precision and scale stand beside it in <see cref="SqlType"/>.
/// </remarks>
public enum SqlTypeKind
{
    /// <summary>A type that only the database's own driver can encode.</summary>
    Other,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number of 16 bits.</summary>
    SmallInt,

    /// <summary>A whole number of 32 bits.</summary>
    Integer,

    /// <summary>A whole number of 64 bits.</summary>
    BigInt,

    /// <summary>A binary floating-point number of 32 bits.</summary>
    Real,

    /// <summary>A binary floating-point number of 64 bits.</summary>
    Double,

    /// <summary>An exact decimal number.</summary>
    Numeric,

    /// <summary>Text of any length.</summary>
    Text,

    /// <summary>Text of at most <see cref="SqlType.Length"/> characters.</summary>
    VarChar,

    /// <summary>Text padded with blanks to <see cref="SqlType.Length"/> characters.</summary>
    Char,

    /// <summary>A string of bytes.</summary>
    Bytes,

    /// <summary>A universally unique identifier.</summary>
    Uuid,

    /// <summary>A calendar date.</summary>
    Date,

    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A time of day with its offset from UTC.</summary>
    TimeTz,

    /// <summary>A date and time without a time zone.</summary>
    Timestamp,

    /// <summary>A point in time.</summary>
    TimestampTz,

    /// <summary>A span of time.</summary>
    Interval,

    /// <summary>A JSON document kept as text.</summary>
    Json,

    /// <summary>A JSON document kept in a binary form.</summary>
    JsonB,

    /// <summary>One of the <see cref="SqlType.Labels"/>.</summary>
    Enum,

    /// <summary>A one-dimensional list of <see cref="SqlType.Element"/>.</summary>
    Array,
}
