using Microsoft.CodeAnalysis;

namespace Sluice.Generators;

/// <summary>The texts of the generator's complaints.</summary>
static class Descriptors
{
    const string Category = "Sluice";

    // A suggestion only: entities of Entity Framework Core carry [Table] too and have no need to be partial.
    internal static readonly DiagnosticDescriptor NotPartial = new(
        "SLU1001", "The row type is not partial",
        "'{0}' is not partial, so its rows are described by reflection. Declare it partial to have its table and row code generated.",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true);

    internal static readonly DiagnosticDescriptor ContainerNotPartial = Error(
        "SLU1002", "A containing type is not partial",
        "'{0}' is inside '{1}', which is not partial. Declare '{1}' partial, or move '{0}' out of it.");

    internal static readonly DiagnosticDescriptor Unmappable = Error(
        "SLU1003", "No column holds a property's type",
        "'{0}' is a {1}, which no column holds. Exclude it with [NotMapped], or give it a supported type.");

    internal static readonly DiagnosticDescriptor NothingToMap = Error(
        "SLU1004", "The row type has nothing to map",
        "'{0}' has no public property that a column could hold. Give it at least one readable property without [NotMapped].");

    internal static readonly DiagnosticDescriptor ColumnTwice = Error(
        "SLU1005", "Two properties have one column name",
        "'{0}' and '{1}' are both named '{2}' in the table. Name one of them otherwise with [Column].");

    internal static readonly DiagnosticDescriptor Generic = Error(
        "SLU1006", "The row type is generic",
        "'{0}' has type parameters, but a table has one row type. Declare a type without them for each table.");

    internal static readonly DiagnosticDescriptor KeyNotMapped = Error(
        "SLU1007", "A key is not mapped",
        "'{0}' is both [Key] and [NotMapped], but a key must be a column. Remove one of the two.");

    internal static readonly DiagnosticDescriptor NoConstructor = Error(
        "SLU1008", "The row type cannot be constructed",
        "'{0}' has no public constructor whose parameters are all columns and that leaves no required member unset, so rows cannot be read into it. "
        + "Give it one, or one without parameters.");

    internal static readonly DiagnosticDescriptor NameTaken = Error(
        "SLU1009", "A generated name is taken",
        "'{0}' has a member '{1}', but that is the name of the generated table. Rename the member; [Column] keeps its column's name.");

    internal static readonly DiagnosticDescriptor Hidden = Error(
        "SLU1010", "The row type is hidden from its assembly",
        "'{0}' cannot be seen from all of its assembly, so its table cannot be announced. Make it and its containing types internal or public.");

    internal static readonly DiagnosticDescriptor ForeignKeyToNothing = Error(
        "SLU1011", "A foreign key names no property",
        "[ForeignKey] on '{0}' names '{1}', but '{2}' has no such property. Name a property of the same type.");

    // A suggestion only: nothing but reading along needs the relation.
    internal static readonly DiagnosticDescriptor NoRelation = new(
        "SLU1012", "A property leads to rows that cannot be read along",
        "'{0}' leads to rows of {1}, but {2}. Its table has no member for it, so that it cannot be included when reading.",
        Category, DiagnosticSeverity.Info, isEnabledByDefault: true);

    internal static readonly DiagnosticDescriptor NotEnumerated = Warning(
        "SLU9101", "Returned rows are not enumerated",
        "'{0}' does nothing until its rows are enumerated. Read them by 'await foreach', or call the verb that returns no rows.");

    internal static readonly DiagnosticDescriptor NotDisposed = Warning(
        "SLU9102", "What was begun is not disposed",
        "What '{0}' returns stays open after an exception, and nobody disposes it. Declare it with 'await using'.");

    internal static readonly DiagnosticDescriptor NoRowType = Warning(
        "SLU9103", "Rows have a type without a table",
        "The rows are {0}. {1}.");

    internal static readonly IReadOnlyDictionary<string, DiagnosticDescriptor> ById = new[]
    {
        NotPartial, ContainerNotPartial, Unmappable, NothingToMap, ColumnTwice, Generic, KeyNotMapped, NoConstructor, NameTaken, Hidden,
        ForeignKeyToNothing, NoRelation,
    }.ToDictionary(d => d.Id, StringComparer.Ordinal);

    static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true);

    static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true,
            helpLinkUri: "docs/analyzers.md#" + id.ToLowerInvariant());
}
