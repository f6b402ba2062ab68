using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Sluice.Specification;

namespace Sluice.Architecture.Tests;

/// <summary>The house stays small enough to live in. A limit is lowered whenever there is less, and never raised.</summary>
public class SizeTests
{
    const int MostInTheRoot = 28;

    const int MostLines = 300;

    // Files that still hold two subjects. Fewer with every change, and then none.
    const int LongFiles = 0;

    const int MostPublicTypes = 125;

    const int MostSeenInCompletion = 113;

    [Fact]
    public void The_core_s_root_holds_the_vocabulary_alone() => Rule.Holds(
        $"More than {MostInTheRoot} files stand in the core's root.",
        "Move what is not vocabulary into the folder that it belongs to.",
        Directory.GetFiles(Repository.PathTo("src", "Sluice"), "*.cs").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal) is var files && files.Count() > MostInTheRoot
            ? files
            : []);

    [Fact]
    public void Files_longer_than_one_subject_needs_become_fewer() => Rule.Holds(
        $"More than {LongFiles} files have more than {MostLines} lines.",
        "They hold two subjects each: give each its own file, and lower the number here.",
        SourceFile.In("src").Where(file => file.Lines.Count() > MostLines + 1).Select(file => file.ToString()) is var files && files.Count() > LongFiles
            ? files
            : []);

    [Fact]
    public void Public_types_are_few() => Rule.Holds(
        $"More than {MostPublicTypes} public types are promised to users; what is experimental is not.",
        "Make the type internal, or mark it as experimental where only providers need it.",
        Promised is var types && types.Count > MostPublicTypes ? [$"{types.Count} types"] : []);

    [Fact]
    public void Completion_shows_users_what_they_type() => Rule.Holds(
        $"Completion shows more than {MostSeenInCompletion} types.",
        "Hide from completion what only generated code needs.",
        Promised.Count(type => type.GetCustomAttributes(typeof(EditorBrowsableAttribute), inherit: false) is []) is var seen && seen > MostSeenInCompletion
            ? [$"{seen} types"]
            : []);

    static List<Type> Promised =>
        [.. Packages.PublicTypes.Where(type => !type.IsNested && type.GetCustomAttributes(typeof(ExperimentalAttribute), inherit: false) is [])];
}
