
namespace Sluice.Files;

/// <summary>How the texts of one column become values of the target's column.</summary>
/// <param name="Type">The type of the target's column.</param>
/// <param name="KeepsText">
/// Whether a text is refused that its value would not give back, as the sample suggested that there is none.
/// </param>
/// <param name="Sampled">The rows that the target's type was detected from; null where it was declared.</param>
/// <param name="EmptyIsNull">Whether a field that is empty within quotes has no value.</param>
sealed record FieldRule(SqlType Type, bool KeepsText, long? Sampled, bool EmptyIsNull);
