using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rows;

/// <summary>What a database gave for a value.</summary>
[Experimental(ExperimentalFor.Providers)]
public enum StoredKind
{
    /// <summary>No value.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A floating-point number of 32 bits.</summary>
    Single,

    /// <summary>A floating-point number of 64 bits.</summary>
    Double,

    /// <summary>Text, or a value whose text has all that it holds: an exact number, a JSON document, an array.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A unique identifier.</summary>
    Uuid,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A time of day, up to and with 24:00.</summary>
    Time,

    /// <summary>A date and time without a zone.</summary>
    Timestamp,

    /// <summary>A point in time.</summary>
    TimestampTz,
}
