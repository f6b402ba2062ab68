namespace Sluice.Files.Values;

/// <summary>Why a text is not a value of a type.</summary>
enum ValueFault
{
    None,
    NotWholeNumber,
    NotNumber,
    NumberOutOfRange,
    /// <summary>A leading zero or plus sign, which a number would lose.</summary>
    LosesLeadingCharacters,
    /// <summary>More digits than a double keeps.</summary>
    LosesDigits,
    NotTruth,
    NotDate,
    NotTime,
    NotTimestamp,
    DateOutOfRange,
    LacksOffset,
    HasOffset,
    /// <summary>A date alone, where the column was seen to have times.</summary>
    LacksTime,
    /// <summary>More fractional digits of a second than the column keeps.</summary>
    LosesFraction,
    NotUuid,
    NotBytes,
}
