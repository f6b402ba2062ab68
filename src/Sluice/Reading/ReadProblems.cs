using System.Globalization;

namespace Sluice.Reading;

/// <summary>What is wrong with a query, a stream, a page or a result.</summary>
static class ReadProblems
{
    internal static BulkPlanException ResultColumnTwice(string column) => new(
        "SLU0148", $"The query returns two columns named '{column}', and rows are matched to columns by name", "Name one of them with AS.");

    internal static BulkPlanException NoKeyColumn(string source, string key, IReadOnlyList<string> columns) => new(
        "SLU0149", $"The key names '{key}', which '{source}' has not; it has {Words.Quoted(columns)}", "Name columns of it.");

    internal static BulkException NotOneRow(int count) => new(new Failure(
        "SLU0620",
        count == 0 ? "The statement returned no row where one was expected"
            : string.Create(CultureInfo.InvariantCulture, $"The statement returned {count} rows where one was expected"),
        count == 0 ? "Use QueryAsync where there may be none." : "Make its condition stricter, or use QueryAsync.",
        Kept.Unsaid));

    internal static BulkPlanException NeedsRows() => new(
        "SLU0621", "The statement takes the rows of a source, and was run without any", "Hand them in with the bulk verbs.");

    internal static BulkPlanException StreamWrites() => new(
        "SLU0701", "A stream reads, but the statement writes", "Run it with QueryAsync, which reads what it returns.");

    internal static BulkException ConsumerPaused(TimeSpan allowed) => new(new Failure(
        "SLU0702",
        string.Create(CultureInfo.InvariantCulture,
            $"The stream was ended, because its consumer held a batch for more than {allowed.TotalSeconds:0.###} seconds, and the database's snapshot with it"),
        "Use smaller batches, allow more time by MaxConsumerPause, or read with StreamByKeyAsync, which holds no snapshot.",
        Kept.Unsaid));

    internal static BulkPlanException NotPageable() => new(
        "SLU0703",
        "A query with DISTINCT, GROUP BY, HAVING, LIMIT, OFFSET or a window function cannot be cut into pages by a condition",
        "Make it a part of another one: Select(…).From(query.As(\"q\")).");

    internal static BulkPlanException KeyNoColumn() => new(
        "SLU0709",
        "The key of pages must be columns of the query's tables, which the database can search by",
        "Name columns, or stream with StreamAsync.");

    internal static BulkPlanException KeyMayBeNull(string column) => new(
        "SLU0704",
        $"Key column '{column}' may be null, and rows without a key are on no page",
        $"Add .Where({column}.IsNotNull()), or choose a column that is NOT NULL.");

    internal static BulkException KeyIsNull() => new(new Failure(
        "SLU0717",
        "A row has no key, though its columns are described as NOT NULL, and pages would leave it out",
        "Correct the description, or add a condition that leaves such rows out.",
        Kept.Unsaid));

    internal static BulkException KeyNotUnique() => new(new Failure(
        "SLU0705",
        "The last row of a page and the first row of the next one have the same key, so rows would be lost between them",
        "Add a column to the key that tells them apart.",
        Kept.Unsaid));

    internal static BulkPlanException KeyOutOfOrder() => new(
        "SLU0161",
        "A key of the pages has times that are stored as texts with several offsets or in several forms, so that an index does not have them in their order",
        "Read them with StreamAsync and OrderBy, which compares times, or bring them to one offset.",
        Kept.NothingRead);
}
