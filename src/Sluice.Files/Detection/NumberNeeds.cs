namespace Sluice.Files.Detection;

/// <summary>What the numbers of a column need so that each can be given back.</summary>
[Flags]
enum NumberNeeds
{
    /// <summary>32 bits.</summary>
    None = 0,

    /// <summary>64 bits.</summary>
    Wide = 1,

    /// <summary>A fraction: one of them has a point, or an exponent with a sign.</summary>
    Fraction = 2,

    /// <summary>Its own letters: digits, E, digits is a code as well as a number, and printed again it would look otherwise.</summary>
    Letters = 4,

    /// <summary>More than a floating-point number gives back.</summary>
    Exact = 8,

    /// <summary>More than 64 bits, though it is whole.</summary>
    Long = 16,
}
