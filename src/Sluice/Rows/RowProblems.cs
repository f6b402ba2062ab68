using System.Globalization;
using System.Text.Json;

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

    // What the serializer says may repeat what it read, which is of any length.
    internal static BulkRowException NotJson(long row, long offset, Type type, JsonException refused) => new(
        new Failure(
            "SLU0230",
            $"the JSON is broken, or is not what '{RowKind.NameOf(type)}' can be made of{At(refused.Path)}",
            "Correct it; the inner exception has the serializer's words.",
            Kept.RolledBack)
        { Kind = FailureKind.Row, RowNumber = row, Location = string.Create(CultureInfo.InvariantCulture, $"from byte {offset}") },
        refused);

    // A key of a dictionary is a value of the row's.
    static string At(string? path) => path is { Length: > 1 } && !path.Contains('[', StringComparison.Ordinal) ? $", at {path}" : "";

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
