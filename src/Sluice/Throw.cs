using System.Globalization;

namespace Sluice;

/// <summary>The texts of the core's errors. Each says what happened, both sides, the remedy and what was kept.</summary>
static class Throw
{
    internal static Rows.ValueException TimeDigits(SqlType type) => new(
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the time has more fractional digits than the {type.Precision} of '{type}'"),
        "Round it in the query, or give the column more digits or the type text.")
    { SqlState = "22008" };

    internal static BulkPlanException SourceWithoutTable(string source) => new(
        "SLU0101",
        $"The source '{source}' does not say which table its rows belong to. Name it: InsertAsync(RowSource.From(rows), table), and so for the other verbs. Nothing was sent.");

    internal static BulkPlanException NoRowType(string what, string call) => new(
        "SLU0182", $"Each row is {what}, which names neither a table nor its columns. Call {call}. Nothing was sent.");

    internal static BulkPlanException ResultColumnTwice(string column) => new(
        "SLU0148",
        $"The query returns two columns named '{column}', and rows are matched to columns by name. Name one of them with AS. Nothing was sent.");

    internal static BulkPlanException ResultWithoutColumns() => new(
        "SLU0153",
        "What was asked for returns no columns, so there is nothing to move. Give a query that returns some: SELECT a, b FROM t. Nothing was sent.");

    internal static BulkPlanException NoKeyColumn(string source, string key, IReadOnlyList<string> columns) => new(
        "SLU0149",
        $"The key names '{key}', which '{source}' has not; it has {string.Join(", ", columns.Select(c => $"'{c}'"))}. Name columns of it. Nothing was sent.");

    internal static Rows.ValueException ArrayBounds() => new(
        "the array's subscripts do not begin at 1, which JSON cannot say",
        "Load it into an array column, or select it as (value)[:] to let them begin at 1.");

    internal static BulkException NotOneRow(int count) => new(
        "SLU0620",
        count == 0 ? "The statement returned no row where one was expected. Use QueryAsync where there may be none."
            : $"The statement returned {count} rows where one was expected. Make its condition stricter, or use QueryAsync.");

    internal static BulkPlanException NeedsRows() => new(
        "SLU0621",
        "The statement takes the rows of a source, and was run without any. Hand them in with the bulk verbs. Nothing was sent.");

    internal static BulkPlanException StreamWrites() => new(
        "SLU0701",
        "A stream reads, but the statement writes. Run it with QueryAsync, which reads what it returns. Nothing was sent.");

    internal static BulkException ConsumerPaused(TimeSpan allowed) => new(
        "SLU0702",
        string.Create(CultureInfo.InvariantCulture, $"The stream was ended, because its consumer held a batch for more than {allowed.TotalSeconds:0.###} seconds, and the database's snapshot with it. ")
        + "Use smaller batches, allow more time by MaxConsumerPause, or read with StreamByKeyAsync, which holds no snapshot.");

    internal static BulkPlanException NotPageable() => new(
        "SLU0703",
        "A query with DISTINCT, GROUP BY, HAVING, LIMIT, OFFSET or a window function cannot be cut into pages by a condition. Make it a part of another one: Select(…).From(query.As(\"q\")). Nothing was sent.");

    internal static BulkPlanException KeyOutOfOrder() => new(
        "SLU0161",
        "A key of the pages has times that are stored as texts with several offsets or in several forms, so that an index does not have them in their order. "
        + "Read them with StreamAsync and OrderBy, which compares times, or bring them to one offset. Nothing was read.");

    internal static BulkPlanException Occupied() => new(
        "SLU0706",
        "A stream of the transaction reads its rows as the server sends them, and nothing else can use the connection before it has ended. "
        + "Read it with StreamMode.Cursor or Auto, to its end first, or outside the transaction. Nothing was sent.");

    internal static Providers.LoadFault UndoneTogether() => new(
        "SLU0707",
        "what was done here was undone, because another load of the same transaction failed meanwhile and the two could not be undone apart",
        "Await one load before the next one begins, or give each a transaction of its own.");

    internal static BulkPlanException LostTogether() => new(
        "SLU0707",
        "A load of the transaction failed, and what had been done beside it was undone with it: a load that had ended well, or a statement. Nothing was committed. "
        + "Do it again, or call CommitAsync once more to commit the rest.");

    internal static BulkPlanException CommitAmidLoad() => new(
        "SLU0708",
        "A load is under way in the transaction, and half of it would be committed. Await it, or read the rows that it returns to their end, and commit then. "
        + "Nothing was committed; the transaction is still open.");

    internal static InvalidOperationException ScopeComplete(InvalidOperationException inner) => new(
        "The TransactionScope was completed, and nothing more can be done in it. Dispose it before.", inner);

    internal static BulkPlanException ScopeDoesNotFlow() => new(
        "SLU0157",
        "The call is in a TransactionScope that ends at the first await, so that the rest would be written outside of it. "
        + "Make it with TransactionScopeAsyncFlowOption.Enabled. Nothing was sent.");

    const string Ended = "The transaction has ended. Begin another one.";

    internal static InvalidOperationException TransactionEnded() => new(Ended);

    internal static bool IsTransactionEnded(Exception failure) => failure is InvalidOperationException { Message: Ended };

    internal static BulkPlanException OtherParent(string relation, Type rows) => new(
        "SLU0710",
        $"'{relation}' belongs to rows of its own type, but the rows are read as {rows.Name}. Read them as the type with the property. Nothing was sent.");

    internal static BulkPlanException RelationUnknown(string property, string related, IEnumerable<string> expected) => new(
        "SLU0711",
        $"'{property}' leads to rows of {related}, but by which columns is not known: neither side has {Join(expected)}, nor a property that is named with [ForeignKey]. "
        + "Name the property with [ForeignKey] or [InverseProperty], or the table between both with Through. Nothing was sent.");

    internal static BulkPlanException RelationKeyless(string property, string reason) => new(
        "SLU0711", $"'{property}' cannot be read along: {reason}. Read the related rows by a query of their own. Nothing was sent.");

    internal static BulkPlanException AssociationUnknown(string relation, string association, string parent, int toParent, string child, int toChild) => new(
        "SLU0711",
        string.Create(CultureInfo.InvariantCulture, $"'{relation}' leads through '{association}', which has {toParent} foreign keys to the key of '{parent}' and {toChild} to that of '{child}', where one of each was needed. ")
        + "Name its columns: Through(association, parentColumns, childColumns). Nothing was sent.");

    internal static BulkPlanException AssociationWidth(string relation, int parentNeeded, int parent, int childNeeded, int child) => new(
        "SLU0711",
        string.Create(CultureInfo.InvariantCulture, $"'{relation}' needs {parentNeeded} columns for the one key and {childNeeded} for the other, but {parent} and {child} were named. ")
        + "Name a column for each of the keys' columns, in their order. Nothing was sent.");

    internal static BulkException SeveralRelated(string relation) => new(
        "SLU0712",
        $"'{relation}' takes one row, but a row has several that are related to it. Make the related column unique, filter the relation by Where, or let the property be a list. Nothing was changed.");

    internal static BulkPlanException NotJoined(string relation, string reason) => new(
        "SLU0713", $"'{relation}' cannot be joined: {reason}. Read it with IncludeStrategy.SelectIn. Nothing was sent.");

    internal static BulkPlanException NotEmbedded(string relation, bool isStream) => new(
        "SLU0713",
        $"'{relation}' cannot be read by a subquery: " + (isStream ? "a stream would read all related rows again for every batch" : "the rows that it belongs to are read by keys, not by a query")
        + ". Read it with IncludeStrategy.SelectIn. Nothing was sent.");

    internal static BulkPlanException RelatedDirect(string relations) => new(
        "SLU0714",
        $"The rows come as the server sends them and occupy the connection, so that {relations} cannot be read along with them. "
        + "Use StreamMode.Cursor or Auto, or join what is one row each with IncludeStrategy.Joined. No rows were read.");

    internal static BulkException OtherKey(string relation) => new(
        "SLU0715",
        $"'{relation}': the database found a related row for a key that is not equal to any of those that it was asked for, as collations do that ignore case or accents and types that pad. "
        + "Read it with IncludeStrategy.Joined, which compares nothing but in the database. Nothing was changed.");

    internal static BulkPlanException IncludeInside(string relation) => new(
        "SLU0716",
        $"A query that reads '{relation}' along was made a part of another statement, which has no rows to attach it to. Leave Include out of it, and add it to the outermost query. Nothing was sent.");

    internal static BulkPlanException KeyNoColumn() => new(
        "SLU0703",
        "The key of pages must be columns of the query's tables, which the database can search by. Name columns, or stream with StreamAsync. Nothing was sent.");

    internal static BulkPlanException KeyMayBeNull(string column) => new(
        "SLU0704",
        $"Key column '{column}' may be null, and rows without a key are on no page. Add .Where({column}.IsNotNull()), or choose a column that is NOT NULL. Nothing was sent.");

    internal static BulkException KeyIsNull() => new(
        "SLU0704",
        "A row has no key, though its columns are described as NOT NULL, and pages would leave it out. Correct the description, or add a condition that leaves such rows out.");

    internal static BulkException KeyNotUnique() => new(
        "SLU0705",
        "The last row of a page and the first row of the next one have the same key, so rows would be lost between them. Add a column to the key that tells them apart.");

    internal static CycleException Cycle(IReadOnlyList<object> path)
    {
        const int most = 24;
        var shown = path.Count <= most ? path : [.. path.Take(most / 2), string.Create(CultureInfo.InvariantCulture, $"({path.Count - most} more)"), .. path.TakeLast(most / 2)];
        return new CycleException(
            "SLU0720",
            "These depend on each other in a circle, so none of them can come first: "
            + string.Join(" → ", shown.Select(key => Convert.ToString(key, CultureInfo.InvariantCulture)))
            + ". Remove one of these dependencies, or leave it out of the query. Nothing was changed.",
            path);
    }

    internal static BulkPlanException KeysWithoutOrder(Type type) => new(
        "SLU0721",
        $"Keys of type '{type.Name}' have no order of their own, which levels are sorted by. Read them as a number, a text or a Guid. Nothing was sent.");

    internal static BulkException TreeStopped(long kept, BulkException failure) => new(
        "SLU0722",
        string.Create(CultureInfo.InvariantCulture, $"The change of a tree stopped on its way: {failure.Message} The {kept} rows that were changed before were committed and are kept. Remove the cause and run it again, which goes on with the rest."),
        failure)
    { RowsKept = kept };

    internal static BulkException MissingResultColumns(Type type, IReadOnlyList<string> missing, IReadOnlyList<string> returned) => new(
        "SLU0622",
        $"The statement does not return {Join(missing.Select(m => $"'{m}'"))}, which '{type.Name}' needs. It returns {Join(returned.Select(r => $"'{r}'"))}. "
        + "Select these columns, or name them with As.");

    internal static BulkException WrongColumnCount(int needed, int returned) => new(
        "SLU0623",
        $"The statement returns {returned} columns where {needed} {(needed == 1 ? "was" : "were")} expected. Select as many.");

    internal static BulkPlanException NotInFrom(string qualifier, string column) => new(
        "SLU0601",
        $"'{qualifier}.{column}' is used, but '{qualifier}' is not in FROM. Add .From({qualifier}) or join it. Nothing was sent.");

    internal static BulkPlanException SameNameTwice(string name) => new(
        "SLU0602",
        $"FROM has two items named '{name}'. Give one of them another name with .As(\"…\"). Nothing was sent.");

    internal static BulkPlanException CteTwice(string name) => new(
        "SLU0603",
        $"Two different CTEs are named '{name}'. Name each once. Nothing was sent.");

    internal static BulkPlanException NotOfTarget(string column, Table table) => new(
        "SLU0604",
        $"Table '{table.QualifiedName}' has no column '{column}' to set. Its columns are {Join(table.Columns.Select(c => $"'{c.Name}'"))}. Nothing was sent.");

    internal static BulkPlanException SetOfOther(string column, string other, Table table) => new(
        "SLU0180",
        $"The statement writes table '{table.QualifiedName}', but sets column '{column}' of '{other}'. Set a column of '{table.QualifiedName}', or write '{other}' by a statement of its own. Nothing was sent.");

    internal static BulkPlanException SetTwice(string column, Table table) => new(
        "SLU0181",
        $"The statement gives column '{column}' of '{table.QualifiedName}' two values. Name it once. Nothing was sent.");

    internal static BulkPlanException Lacks(string dialect, string what, string remedy) => new(
        "SLU0605",
        $"{dialect} has no {what}. {remedy} Nothing was sent.");

    internal static BulkPlanException NoConflictOnConstraint(string constraint, string dialect) => new(
        "SLU0606",
        $"{dialect} has no ON CONFLICT ON CONSTRAINT, and the table's description does not say which columns '{constraint}' has. "
        + "Name the columns with OnConflict(…), or read the table from the catalog. Nothing was sent.");

    internal static BulkPlanException ColumnWithoutTable(string column) => new(
        "SLU0607",
        $"Column '{column}' belongs to no table yet. Take it from a table: table.Column<T>(\"{column}\"). Nothing was sent.");

    internal static BulkPlanException JoinBeforeFrom(string name) => new(
        "SLU0608",
        $"'{name}' is joined to nothing. Call .From(…) before the join. Nothing was sent.");

    internal static BulkPlanException ValueCount(Table table, int expected, int given) => new(
        "SLU0609",
        $"A row of '{table.QualifiedName}' needs {expected} values here, but {given} are given. Name the columns with .Columns(…), or give all values. Nothing was sent.");

    internal static BulkPlanException NulInLiteral() => new(
        "SLU0610",
        "A text that becomes part of the statement holds a zero character, which no SQL text can. Send it as a parameter. Nothing was sent.");

    internal static BulkPlanException NotFiniteLiteral() => new(
        "SLU0611",
        "A number that becomes part of the statement is infinite or no number. Send it as a parameter. Nothing was sent.");

    internal static BulkPlanException NoAggregate() => new(
        "SLU0612",
        "DISTINCT, FILTER, ORDER BY and WITHIN GROUP belong to an aggregate function. Call them before Over. Nothing was sent.");

    internal static BulkPlanException NoSuchTable(string name, string target, IReadOnlyList<string> closest) => new(
        "SLU0102",
        $"There is no table '{name}' in {target}." + Offer(closest) + " Nothing was sent.");

    internal static BulkPlanException UnknownColumns(Table table, string source, IReadOnlyList<(string Name, string? Closest)> unknown) => new(
        "SLU0103",
        $"Table '{table.QualifiedName}' lacks " + Join(unknown.Select(u => u.Closest is null ? $"'{u.Name}'" : $"'{u.Name}' (closest: '{u.Closest}')"))
        + $", which {source} supplies. The table's columns are {Join(table.Columns.Select(c => $"'{c.Name}'"))}. "
        + "Map each field to a column, or leave it out. Nothing was sent.");

    internal static BulkPlanException MissingColumns(Table table, string source, IReadOnlyList<string> missing) => new(
        "SLU0105",
        $"Table '{table.QualifiedName}' needs a value for {Join(missing.Select(m => $"'{m}'"))} (NOT NULL, no default), but {source} supplies none. "
        + "Supply the value, or give the column a default. Nothing was sent.");

    internal static BulkPlanException FieldForComputedColumn(Table table, string field) => new(
        "SLU0106",
        $"Column '{field}' of table '{table.QualifiedName}' is computed by the database, but the source supplies values for it. "
        + "Leave it out of the source, or mark it [DatabaseGenerated]. Nothing was sent.");

    internal static BulkPlanException NotForRows() => new(
        "SLU0614",
        "The statement takes no rows: it is no INSERT, UPDATE or DELETE that names them. Insert Rows(), or use Row(column) in an UPDATE or DELETE. Nothing was sent.");

    internal static BulkPlanException RowNotInserted(string column, Table table) => new(
        "SLU0177",
        $"The upsert of '{table.QualifiedName}' uses Row(\"{column}\") for rows that are there already, but inserts no such value into '{column}', and from there only what was to be inserted is in sight. "
        + $"Insert Row(\"{column}\") into '{column}', or use another column. Nothing was sent.");

    internal static BulkPlanException RowInCte(string cte) => new(
        "SLU0178",
        $"The CTE '{cte}' uses a value of each row, but it changes rows, or refers to itself, and is run once for all rows. "
        + "Use Row(…) in the statement itself, or in a CTE that only reads. Nothing was sent.");

    internal static BulkPlanException RowInPredicate(Table table) => new(
        "SLU0178",
        $"The predicate of a unique index of '{table.QualifiedName}' uses a value of each row, but it is one for all of them. Say the index's own condition. Nothing was sent.");

    internal static BulkPlanException SeveralRowsForOne(Table table) => new(
        "SLU0179",
        $"The statement inserts several rows into '{table.QualifiedName}' for each row of the source. Run it once for each of them, or hand in a source with all rows. Nothing was sent.");

    internal static BulkPlanException NoPrimaryKey(Table table) => new(
        "SLU0131", $"Table '{table.QualifiedName}' has no primary key by which its rows could be found. Name the columns to find them by{Keys(table)}. Nothing was sent.");

    internal static BulkPlanException NoUniqueKey(Table table, string wanted) => new(
        "SLU0132", $"Table '{table.QualifiedName}' has no unique key {wanted}, so the database could not tell which rows are there already. Name one that it has{Keys(table)}, or create one. Nothing was sent.");

    internal static BulkPlanException DeferrableKey(Table table, UniqueKey key) => new(
        "SLU0151",
        $"Key '{key.Name}' of table '{table.QualifiedName}' is deferrable: it may be broken until the transaction ends, and no upsert finds a row by it. "
        + "Declare it without DEFERRABLE, or name a key on other columns. Nothing was sent.");

    internal static BulkPlanException PartialByName(Table table, UniqueKey key) => new(
        "SLU0152",
        $"Index '{key.Name}' of table '{table.QualifiedName}' holds only the rows where {key.Predicate}, and the database must be told so. Say it by WhereIndex. Nothing was sent.");

    static string Keys(Table table)
    {
        var keys = table.UniqueKeys.Where(k => k.Columns.Count > 0)
            .Select(k => $"'{k.Name}' ({Join(k.Columns)}){(k.Predicate is null ? "" : " where " + k.Predicate)}").ToList();
        return keys.Count == 0 ? "; it has none" : ": " + Join(keys);
    }

    internal static BulkPlanException MissingFields(string operation, Table table, string source, IReadOnlyList<string> missing) => new(
        "SLU0133",
        $"The {operation} of '{table.QualifiedName}' needs {Join(missing.Select(m => $"'{m}'"))}, but {source} has no such field. Supply it, or leave it out of the {operation}. Nothing was sent.");

    internal static BulkPlanException NothingToSet(Table table, string source) => new(
        "SLU0134", $"{Sentence(source)} brings nothing but the key of '{table.QualifiedName}', so there is nothing to update. Bring the columns to change. Nothing was sent.");

    internal static BulkPlanException SyncByChunks(Table table) => new(
        "SLU0135", $"A sync of '{table.QualifiedName}' that commits each chunk could remove rows whose chunk has yet to come. Use CommitPolicy.Atomic. Nothing was sent.");

    internal static BulkPlanException EmptySync(Table table) => new(
        "SLU0136",
        $"The source has no row, so the sync would remove everything within its scope from '{table.QualifiedName}'. If that is meant, say so by allowEmpty. Nothing was changed.");

    internal static BulkPlanException NoReference(string origin, string child, string parent, IEnumerable<string> expected) => new(
        "SLU0140",
        $"'{origin}' leads to rows whose foreign key is not known: {child} has no settable {Join(expected)} to hold the key of {parent}. "
        + "Name the property with [ForeignKey], or exclude the way with [NotMapped]. Nothing was sent.");

    internal static BulkPlanException AmbiguousReference(string list, string child, IEnumerable<string> ways) => new(
        "SLU0140", $"'{list}' may stand for {Join(ways)} of {child}. Name one with [InverseProperty]. Nothing was sent.");

    internal static BulkPlanException CycleInGraph(IReadOnlyList<string> way) => new(
        "SLU0141",
        $"The objects need each other's keys in a circle, so none can be inserted first: {string.Join(" needs ", way)}. "
        + "Leave one of these references empty, and set it by an update afterwards. Nothing was sent.");

    internal static BulkPlanException TwoParents(string child, string names, string one, string other) => new(
        "SLU0142",
        $"The object at {child} has one {names}, but both {one} and {other} claim it. Remove it from one of them. Nothing was sent.");

    internal static BulkPlanException NullInGraph(string place) => new("SLU0143", $"There is a null at {place}. Remove it. Nothing was sent.");

    internal static BulkPlanException GraphOfValues(Type type) => new(
        "SLU0143", $"'{type.Name}' is a struct, of which a graph cannot tell two apart. Make it a class. Nothing was sent.");

    internal static BulkPlanException GraphInChunks() => new(
        "SLU0135", "A graph is one transaction: half of it would break its own references. Use CommitPolicy.Atomic. Nothing was sent.");

    internal static BulkPlanException NotToldApart(Table table) => new(
        "SLU0138", $"Rows are to be returned, but no key tells which row of '{table.QualifiedName}' each of them is. Name the key by Columns. Nothing was sent.");

    internal static BulkPlanException LastOfGroups() => new(
        "SLU0146", "Dictionaries are loaded in groups, so the last row of a key is known only when the first ones are written. Use Duplicates.KeepFirst or Error, or DictionaryKeys.Fill. Nothing was sent.");

    internal static BulkPlanException SyncOfGroups() => new(
        "SLU0150", "Dictionaries are loaded in groups, and a sync of one group would remove the rows of the others. Use DictionaryKeys.Fill, or give all rows the same keys. Nothing was sent.");

    internal static BulkPlanException NotParallel(Planning.BulkPlan plan, int lanes, bool createsTable) => new(
        "SLU0144",
        lanes < 1 ? string.Create(CultureInfo.InvariantCulture, $"Parallelism is {lanes}; it counts connections, of which there is at least one. Nothing was sent.")
        : createsTable ? "A table that is created in the load's own transaction cannot be loaded by other connections. Create it before, or use Parallelism 1. Nothing was sent."
        : plan.Commit is CommitPolicy.Atomic ? "No transaction spans two connections. Use CommitPolicy.PerChunk, or Parallelism 1. Nothing was sent."
        : $"Two connections must not touch one row, and nothing tells the {plan.Operation}'s rows apart for '{plan.Table.QualifiedName}'. Use Parallelism 1. Nothing was sent.");

    internal static Providers.LoadFault DuplicateKey(Planning.BulkPlan plan, long first, long second, string? location) => new(
        "SLU0205",
        string.Create(CultureInfo.InvariantCulture, $"the row has the same key ({Join(plan.Key.Select(c => c.Name))}) as row {Math.Min(first, second) + 1}"),
        "Remove one of them, or choose which counts by Duplicates.KeepFirst or KeepLast.")
    { IsRow = true, RowOrdinal = Math.Max(first, second), Location = location, SqlState = "21000" };

    internal static Providers.LoadFault SyncOfForms(long ordinal, string? location) => new(
        "SLU0150",
        "the row leaves out a field that others have, and a sync of those that do would remove the rows of those that do not",
        "Give all rows the same fields, null where there is no value.")
    { IsRow = true, RowOrdinal = ordinal, Location = location };

    internal static Providers.LoadFault FormRefused(BulkPlanException refused, long ordinal, string? location) => new(
        "SLU0227", "the row leaves out fields that others have, and what is left cannot be written: " + refused.Message, "Give the row these fields, or leave it out.", refused)
    { IsRow = true, RowOrdinal = ordinal, Location = location };

    internal static Providers.LoadFault UnsetKey(string column, long ordinal, string? location) => new(
        "SLU0225",
        "the key has no value yet, and the database gives one to rows that are inserted only, so nothing tells which row is meant",
        "Insert new rows by InsertAsync, set the key of the row that is meant, or find rows by another key: on.Columns(…).")
    { IsRow = true, RowOrdinal = ordinal, Column = column, Location = location };

    internal static BulkPlanException Unmappable(string member, Type type, string? table) => new(
        "SLU0107",
        $"'{member}' is a {type.Name}, which no column{(table is null ? "" : $" of '{table}'")} holds. Exclude it with [NotMapped], or give it a supported type. Nothing was sent.");

    internal static BulkPlanException NothingToMap(Type type) => new(
        "SLU0108",
        $"'{type.Name}' has no public property that a column could hold. Give it at least one readable property without [NotMapped]. Nothing was sent.");

    internal static BulkPlanException KeyNotMapped(string member) => new(
        "SLU0121",
        $"'{member}' is both [Key] and [NotMapped], but a key must be a column. Remove one of the two. Nothing was sent.");

    internal static BulkPlanException ForeignKeyToNothing(string member, string name) => new(
        "SLU0122",
        $"[ForeignKey] on '{member}' names '{name}', but the type has no such property. Name a property of the same type. Nothing was sent.");

    internal static Rows.ValueException NullRow() => new("the row is null", "Leave it out of the source.");

    internal static BulkPlanException NotReadable(Type type) => new(
        "SLU0123",
        $"'{type.Name}' has no public constructor whose parameters are all columns, so rows cannot be read into it. "
        + "Give it one, or one without parameters. Nothing was read.");

    internal static BulkPlanException FieldTwice(string source, string column) => new(
        "SLU0109",
        $"{Sentence(source)} supplies column '{column}' twice. Name each column once. Nothing was sent.");

    internal static BulkRowException DictionaryKeys(long row, IReadOnlyList<string> keys, bool missing) => new(
        "SLU0204",
        string.Create(CultureInfo.InvariantCulture, $"Row {row}: the dictionary ")
        + (missing ? $"lacks the key {Join(keys.Select(k => $"'{k}'"))}, which the first row has" : $"has the key {Join(keys.Select(k => $"'{k}'"))}, which the first row lacks")
        + ". Give every row the keys of the first one; null where there is no value. The load was stopped and rolled back.")
    { RowNumber = row };

    internal static BulkException Unbalanced(BulkResult result) => new(
        "SLU0309",
        string.Create(CultureInfo.InvariantCulture, $"{result.Read} rows were read, but the database accounts for {result.Loaded + result.Skipped + result.Rejected + result.Remaining}: ")
        + "a trigger or rule may have taken or added rows. Check the table. "
        + string.Create(CultureInfo.InvariantCulture, $"{result.Loaded} rows were kept."));

    static string Offer(IReadOnlyList<string> closest) =>
        closest.Count == 0 ? " Create it first, or ask for it to be created." : $" Closest: {Join(closest.Select(c => $"'{c}'"))}.";

    internal static string Join(IEnumerable<string> parts) => string.Join(", ", parts);

    static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
