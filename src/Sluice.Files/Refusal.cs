using System.Globalization;
using Sluice.Files.Values;
using Sluice.Rows;

namespace Sluice.Files;

/// <summary>Says why a field's text is not a value of its column, both sides and the remedy.</summary>
static class Refusal
{
    internal static ValueException Of(ValueFault fault, string text, int field, FieldRule rule)
    {
        var type = rule.Type.ToString();
        var (problem, state) = fault switch
        {
            ValueFault.NotWholeNumber => ($"the text is not a whole number, which '{type}' needs", "22P02"),
            ValueFault.NotNumber => ($"the text is not a number, which '{type}' needs", "22P02"),
            ValueFault.NumberOutOfRange => ($"the number exceeds what '{type}' holds", "22003"),
            ValueFault.LosesLeadingCharacters => ($"the text begins with a zero or a plus sign, which '{type}' would not keep", "22P02"),
            ValueFault.LosesDigits => ($"the number has more digits than '{type}' keeps", "22003"),
            ValueFault.NotTruth => (rule.KeepsText
                ? $"the text is neither true nor false, which '{type}' needs"
                : $"the text is none of true, false, t, f, yes, no, 1 and 0, one of which '{type}' needs", "22P02"),
            ValueFault.NotDate => ($"the text is not a date as 2024-12-31, which '{type}' needs", "22007"),
            ValueFault.NotTime => ($"the text is not a time as 23:59:59, which '{type}' needs", "22007"),
            ValueFault.NotTimestamp => ($"the text is not a date and time as 2024-12-31 23:59:59, which '{type}' needs", "22007"),
            ValueFault.DateOutOfRange =>
                ($"the text names a date or time that no calendar has from year 1 to 9999, which '{type}' needs", "22008"),
            ValueFault.LacksOffset => ($"the text has no UTC offset, which '{type}' needs", "22007"),
            ValueFault.HasOffset => ($"the text has a UTC offset, which '{type}' would not keep", "22007"),
            ValueFault.LacksTime => ($"the text is a date without a time, but '{type}' would give it one", "22007"),
            ValueFault.LosesFraction =>
                (string.Create(CultureInfo.InvariantCulture, $"the time has more fractional digits than the {rule.Type.Precision} of '{type}'"), "22008"),
            ValueFault.NotUuid => ($"the text is not an identifier of 32 hexadecimal digits, which '{type}' needs", "22P02"),
            _ => ($"the text is not \\x and pairs of hexadecimal digits, which '{type}' needs", "22P02"),
        };
        return new ValueException(problem, Remedy(fault, rule)) { Field = field, Value = text, SqlState = state };
    }

    static Remedy Remedy(ValueFault fault, FieldRule rule)
    {
        Remedy remedy = fault switch
        {
            ValueFault.LacksOffset => "Add the offset to the value (Z for UTC), or load the column as a timestamp without time zone.",
            ValueFault.HasOffset => "Load the column as a timestamp with time zone, or remove the offset.",
            ValueFault.LosesFraction => AsText("Round the value"),
            _ => AsText("Correct the value"),
        };
        return rule.Sampled is { } rows
            ? remedy.After(string.Create(CultureInfo.InvariantCulture, $"The type was detected from the file's first {rows:N0} rows."))
            : remedy;
    }

    static Remedy AsText(string first) => new($"{first}, or load the column as text.")
    {
        Command = $"{first}, or create the table beforehand with a text column, and load into that.",
    };
}
