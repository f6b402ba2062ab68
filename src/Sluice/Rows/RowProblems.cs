using System.Globalization;

namespace Sluice.Rows;

/// <summary>What is wrong with a row or a value, and with the columns of a result.</summary>
static class RowProblems
{
    internal static ValueException NullRow() => new("the row is null", "Leave it out of the source.") { Code = "SLU0229" };

    internal static ValueException TimeDigits(SqlType type) => new(
        string.Create(CultureInfo.InvariantCulture, $"the time has more fractional digits than the {type.Precision} of '{type}'"),
        "Round it in the query, or give the column more digits or the type text.")
    { SqlState = "22008" };

    internal static ValueException ArrayBounds() => new(
        "the array's subscripts do not begin at 1, which JSON cannot say",
        "Load it into an array column, or select it as (value)[:] to let them begin at 1.");

    internal static BulkRowException DictionaryKeys(long row, IReadOnlyList<string> keys, bool missing) => new(new Failure(
        "SLU0204",
        "the dictionary " + (missing ? $"lacks the key {Words.Quoted(keys)}, which the first row has" : $"has the key {Words.Quoted(keys)}, which the first row lacks"),
        "Give every row the keys of the first one; null where there is no value.",
        Kept.RolledBack)
    { Kind = FailureKind.Row, RowNumber = row });

    internal static BulkPlanException NotReadable(Type type) => new(
        "SLU0123",
        $"'{type.Name}' has no public constructor whose parameters are all columns, so rows cannot be read into it",
        "Give it one, or one without parameters.",
        Kept.NothingRead);

    internal static BulkException MissingResultColumns(Type type, IReadOnlyList<string> missing, IReadOnlyList<string> returned) =>
        new(new Failure(
        "SLU0622",
        $"The statement does not return {Words.Quoted(missing)}, which '{type.Name}' needs. It returns {Words.Quoted(returned)}",
        "Select these columns, or name them with As.",
        Kept.Unsaid));

    internal static BulkException WrongColumnCount(int needed, int returned) => new(new Failure(
        "SLU0623",
        string.Create(CultureInfo.InvariantCulture,
            $"The statement returns {returned} columns where {needed} {(needed == 1 ? "was" : "were")} expected"),
        "Select as many.",
        Kept.Unsaid));
}
