namespace Sluice.Files.Detection;

/// <summary>The narrowest type that a text can be loaded as and given back from.</summary>
enum TextClass
{
    None,
    Truth,
    Whole32,
    Whole64,
    Fraction,
    Exact,
    Date,
    Timestamp,
    PointInTime,
    Uuid,
    Text,
}
