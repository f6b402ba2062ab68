using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Sluice.Rendering;

/// <summary>Whether a name can stand without quotes: small letters, digits and underscores, and no word that a database reserves.</summary>
[Experimental(ExperimentalFor.Providers)]
public static class SqlKeywords
{
    // The words that one database or another does not take as the name of a table or a column everywhere.
    static readonly FrozenSet<string> s_words = (
        "abort action add after all alter always analyse analyze and any array as asc asymmetric attach authorization autoincrement before begin "
        + "between bigint binary bit boolean both by cascade case cast char character check coalesce collate collation column commit concurrently "
        + "conflict constraint create cross current current_catalog current_date current_role current_schema current_time current_timestamp "
        + "current_user database dec decimal default deferrable deferred delete desc detach distinct do drop each else end escape except exclude "
        + "exclusive exists explain extract fail false fetch filter first float following for foreign freeze from full generated glob grant "
        + "greatest group grouping groups having if ignore ilike immediate in index indexed initially inner inout insert instead int integer "
        + "intersect interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query json_scalar "
        + "json_serialize json_table json_value key last lateral leading least left like limit localtime localtimestamp match materialized merge_action "
        + "national natural nchar no none normalize not nothing notnull null nullif nulls numeric of offset on only or order others out outer over "
        + "overlaps overlay partition placing plan position pragma preceding precision primary query raise range real recursive references regexp "
        + "reindex release rename replace restrict returning right rollback row rows savepoint select session_user set setof similar smallint some "
        + "substring symmetric system_user table tablesample temp temporary then ties time timestamp to trailing transaction treat trigger trim true "
        + "unbounded union unique update user using vacuum values varchar variadic verbose view virtual when where window with within without "
        + "xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable")
        .Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // Names of functions among those words are called by these names all the same.
    static readonly FrozenSet<string> s_functions =
        new[] { "coalesce", "nullif", "greatest", "least", "replace", "trim", "substring", "position", "extract", "json_array", "json_object", "glob", "char", "overlay" }
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a name needs quotes.</summary>
    public static bool NeedQuotes(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == 0 || char.IsAsciiDigit(name[0]) || name.Any(c => c is not ('_' or (>= 'a' and <= 'z') or (>= '0' and <= '9')))
            || s_words.Contains(name);
    }

    internal static bool IsFunction(string name) => s_functions.Contains(name);
}
