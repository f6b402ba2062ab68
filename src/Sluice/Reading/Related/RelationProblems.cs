using System.Globalization;

namespace Sluice.Reading.Related;

/// <summary>What keeps related rows from being read along.</summary>
static class RelationProblems
{
    internal static BulkPlanException OtherParent(string relation, Type rows) => new(
        "SLU0710",
        $"'{relation}' belongs to rows of its own type, but the rows are read as {rows.Name}",
        "Read them as the type with the property.");

    internal static BulkPlanException RelationUnknown(string property, string related, IEnumerable<string> expected) => new(
        "SLU0711",
        $"'{property}' leads to rows of {related}, but by which columns is not known: neither side has {Words.Join(expected)}, nor a property that is named with [ForeignKey]",
        "Name the property with [ForeignKey] or [InverseProperty], or the table between both with Through.");

    internal static BulkPlanException RelationKeyless(string property, string reason) => new(
        "SLU0719", $"'{property}' cannot be read along: {reason}", "Read the related rows by a query of their own.");

    internal static BulkPlanException AssociationUnknown(string relation, string association, string parent, int toParent, string child,
        int toChild) => new(
        "SLU0728",
        string.Create(CultureInfo.InvariantCulture,
            $"'{relation}' leads through '{association}', which has {toParent} foreign keys to the key of '{parent}' and {toChild} to that of '{child}', where one of each was needed"),
        "Name its columns: Through(association, parentColumns, childColumns).");

    internal static BulkPlanException AssociationWidth(string relation, int parentNeeded, int parent, int childNeeded, int child) => new(
        "SLU0729",
        string.Create(CultureInfo.InvariantCulture,
            $"'{relation}' needs {parentNeeded} columns for the one key and {childNeeded} for the other, but {parent} and {child} were named"),
        "Name a column for each of the keys' columns, in their order.");

    internal static BulkException SeveralRelated(string relation) => new(new Failure(
        "SLU0712",
        $"'{relation}' takes one row, but a row has several that are related to it",
        "Make the related column unique, filter the relation by Where, or let the property be a list.",
        Kept.NothingChanged));

    internal static BulkPlanException NotJoined(string relation, string reason) => new(
        "SLU0713", $"'{relation}' cannot be joined: {reason}", "Read it with IncludeStrategy.SelectIn.");

    internal static BulkPlanException NotEmbedded(string relation, bool isStream) => new(
        "SLU0730",
        $"'{relation}' cannot be read by a subquery: " + (isStream ? "a stream would read all related rows again for every batch" : "the rows that it belongs to are read by keys, not by a query"),
        "Read it with IncludeStrategy.SelectIn.");

    internal static BulkPlanException RelatedDirect(string relations) => new(
        "SLU0714",
        $"The rows come as the server sends them and occupy the connection, so that {relations} cannot be read along with them",
        "Use StreamMode.Cursor or Auto, or join what is one row each with IncludeStrategy.Joined.",
        Kept.NothingRead);

    internal static BulkException OtherKey(string relation) => new(new Failure(
        "SLU0715",
        $"'{relation}': the database found a related row for a key that is not equal to any of those that it was asked for, as collations do that ignore case or accents and types that pad",
        "Read it with IncludeStrategy.Joined, which compares nothing but in the database.",
        Kept.NothingChanged));
}
