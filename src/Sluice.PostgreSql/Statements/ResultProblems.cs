using Sluice.Providers;

namespace Sluice.PostgreSql.Statements;

/// <summary>What is wrong with a value or a column that was read.</summary>
static class ResultProblems
{
    /// <param name="column">The column.</param>
    /// <param name="days">From 2000-01-01.</param>
    internal static LoadFault BeyondCalendar(string column, long days) =>
        BeyondType(column, "a date of the year " + YearText.Of(days), "the years 1 to 9999 are all that .NET's calendar has",
            "Leave the row out, or cast it in the query");

    internal static LoadFault BeyondType(string column, string held, string limit, string remedy) => new(
        "SLU0147", $"column '{column}' holds {held}, and {limit}", $"{remedy}; as text it is read whole: {column}::text.");

    internal static LoadFault NewType(string column) => new(
        "SLU0322",
        $"column '{column}' has a type that was made after the connection's types were read, and the statement, which may write, has been run",
        "The types have been read again: run it once more if it only reads, or look at what it wrote.")
    { OutcomeUnknown = true };
}
