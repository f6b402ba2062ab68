using System.Text.RegularExpressions;

namespace Sluice.Architecture.Tests;

/// <summary>What only one database has is written by its dialect, or is a capability with a name of its own.</summary>
public class DialectTests
{
    // What is SQL of one database, or the number by which one names a failure.
    static readonly string[] s_words =
    [
        "json_each", @"(?-i:\bGLOB\b)", "limit -1", @"\browid\b", @"\bctid\b", @"(?-i:\bunnest\()", @"(?-i:\bILIKE\b)", "::", @"\bpg_\w+", @"(?-i:\bCOPY\b)", @"\bpragma\b", "strftime",
        "string_agg", "group_concat", @"\bstrpos\b", @"\binstr\b", "tableoid", @"=\s*any\b", @"""[0-9][0-9A-Z]{2}[0-9]{2}""", @"""(?:P0|XX)[0-9]{3}""",
    ];

    static readonly string[] s_folders = ["Statements", "Rendering", "Planning", "Loading"];

    // The words that any database reserves, for a name may go to each of them. And a number that the SQL standard gives, for rows of one key.
    static bool IsOfAll(SourceFile file, string line) =>
        file.Name is "SqlKeywords.cs" || (file.Name is "LoadProblems.cs" && line.Contains("SqlState = \"21000\"", StringComparison.Ordinal));

    [Fact]
    public void The_core_has_no_word_of_one_database_s_language() => Rule.Holds(
        "The core writes, or speaks of, what one database has.",
        "Let the dialect write it, or give what is needed a name among the features.",
        from folder in s_folders
        from file in SourceFile.In("src/Sluice/" + folder)
        from line in file.Lines
        where Regex.IsMatch(line.Text, string.Join('|', s_words), RegexOptions.IgnoreCase) && !IsOfAll(file, line.Text)
        select $"{file}:{line.Number}: {line.Text.Trim()}");
}
