namespace Sluice.Planning;

/// <summary>What keeps rows, table and operation from fitting together.</summary>
static class PlanProblems
{
    internal static BulkPlanException UnknownColumns(Table table, string source, IReadOnlyList<string> unknown) => new(
        "SLU0103",
        $"Table '{table.QualifiedName}' lacks {Words.Join(unknown.Select(name => WithClosest(name, table)))}, which {source} supplies. "
        + $"The table's columns are {Words.Quoted(table.Columns.Select(c => c.Name))}",
        new("Map each field to a column, or leave it out.") { Command = "Name the columns by --map FROM=TO, or leave them out of what is read." });

    static string WithClosest(string name, Table table) =>
        ClosestName.Find(name, table.Columns.Select(c => c.Name)) is { } closest ? $"'{name}' (closest: '{closest}')" : $"'{name}'";

    internal static BulkPlanException MissingColumns(Table table, string source, IReadOnlyList<string> missing) => new(
        "SLU0105",
        $"Table '{table.QualifiedName}' needs a value for {Words.Quoted(missing)} (NOT NULL, no default), but {source} supplies none",
        "Supply the value, or give the column a default.");

    internal static BulkPlanException FieldForComputedColumn(Table table, string field) => new(
        "SLU0106",
        $"Column '{field}' of table '{table.QualifiedName}' is computed by the database, but the source supplies values for it",
        new("Leave it out of the source, or mark it [DatabaseGenerated].") { Command = "Leave it out of what is read, as by a --query of the other columns." });

    internal static BulkPlanException FieldTwice(string source, string column) => new(
        "SLU0109", $"{Words.Sentence(source)} supplies column '{column}' twice", "Name each column once.");

    internal static BulkPlanException MissingFields(string operation, Table table, string source, IReadOnlyList<string> missing) => new(
        "SLU0133",
        $"The {operation} of '{table.QualifiedName}' needs {Words.Quoted(missing)}, but {source} has no such field",
        $"Supply it, or leave it out of the {operation}.");

    internal static BulkPlanException NothingToSet(Table table, string source) => new(
        "SLU0134",
        $"{Words.Sentence(source)} brings nothing but the key of '{table.QualifiedName}', so there is nothing to update",
        new("Bring the columns to change.") { Command = "Add the columns to change to what is read." });

    internal static BulkPlanException SyncByChunks(Table table) => new(
        "SLU0135",
        $"A sync of '{table.QualifiedName}' that commits each chunk could remove rows whose chunk has yet to come",
        new("Use CommitPolicy.Atomic.") { Command = "Leave --commit chunk out." });

    internal static BulkPlanException NoPrimaryKey(Table table) => new(
        "SLU0131",
        $"Table '{table.QualifiedName}' has no primary key by which its rows could be found",
        Keys(table) is { Length: > 0 } keys
            ? new($"Name the columns to find them by: {keys}.") { Command = $"Name the columns to find them by with --key: {keys}." }
            : new("Name the columns that identify a row; the table has no unique key to offer.") { Command = "Name the columns that identify a row with --key; the table has no unique key to offer." });

    internal static BulkPlanException NoUniqueKey(Table table, string wanted) => new(
        "SLU0132",
        $"Table '{table.QualifiedName}' has no unique key {wanted}, so the database could not tell which rows are there already",
        Keys(table) is { Length: > 0 } keys
            ? new($"Name one that it has: {keys}, or create one.") { Command = $"Name one that it has with --key: {keys}, or create one." }
            : new("It has none: create one.") { Command = "It has none: create one on the columns of --key." });

    internal static BulkPlanException DeferrableKey(Table table, UniqueKey key) => new(
        "SLU0151",
        $"Key '{key.Name}' of table '{table.QualifiedName}' is deferrable: it may be broken until the transaction ends, and no upsert finds a row by it",
        "Declare it without DEFERRABLE, or name a key on other columns.");

    internal static BulkPlanException PartialByName(Table table, UniqueKey key) => new(
        "SLU0152",
        $"Index '{key.Name}' of table '{table.QualifiedName}' holds only the rows where {key.Predicate}, and the database must be told so",
        new("Say it by WhereIndex.") { Command = "Name another key with --key, or make one that holds all rows." });

    internal static BulkPlanException NotForRows() => new(
        "SLU0614",
        "The statement takes no rows: it is no INSERT, UPDATE or DELETE that names them",
        "Insert Rows(), or use Row(column) in an UPDATE or DELETE.");

    internal static BulkPlanException RowNotInserted(string column, Table table) => new(
        "SLU0177",
        $"The upsert of '{table.QualifiedName}' uses Row(\"{column}\") for rows that are there already, but inserts no such value into '{column}', and from there only what was to be inserted is in sight",
        $"Insert Row(\"{column}\") into '{column}', or use another column.");

    internal static BulkPlanException RowInCte(string cte) => new(
        "SLU0178",
        $"The CTE '{cte}' uses a value of each row, but it changes rows, or refers to itself, and is run once for all rows",
        "Use Row(…) in the statement itself, or in a CTE that only reads.");

    internal static BulkPlanException RowInPredicate(Table table) => new(
        "SLU0191",
        $"The predicate of a unique index of '{table.QualifiedName}' uses a value of each row, but it is one for all of them",
        "Say the index's own condition.");

    internal static BulkPlanException SeveralRowsForOne(Table table) => new(
        "SLU0179",
        $"The statement inserts several rows into '{table.QualifiedName}' for each row of the source",
        "Run it once for each of them, or hand in a source with all rows.");

    static string Keys(Table table) => Words.Join(table.UniqueKeys.Where(k => k.Columns.Count > 0)
        .Select(k => $"'{k.Name}' ({Words.Join(k.Columns)}){(k.Predicate is null ? "" : " where " + k.Predicate)}"));
}
