using System.Text.RegularExpressions;
using Sluice.Specification;

namespace Sluice.Architecture.Tests;

/// <summary>Dependencies point one way.</summary>
public class DependencyTests
{
    /// <summary>The folders of each project, each of which may use those before it, and the root, which uses none.</summary>
    static readonly Dictionary<string, string[]> s_orders = new(StringComparer.Ordinal)
    {
        ["src/Sluice"] = ["Errors", "Schema", "Statements", "Rendering", "Rows", "Planning", "Providers", "Loading", "Reading", "Verbs", "Engines"],
        ["src/Sluice.PostgreSql"] = ["Faults", "Pooling", "Schema", "Rendering", "Encoding", "Planning", "Statements", "Sessions", "Reading", "Writing", "Engines"],
        ["src/Sluice.Sqlite"] =
            ["Values", "Schema", "Rendering", "Native", "Functions", "Connections", "Catalog", "Workers", "Planning", "Sessions", "Reading", "Writing", "Engines"],
    };

    // A row type's table carries the typed code of its rows, so that whoever has the table can write and read them.
    // And a table and its columns are themselves parts of statements: what is described is what is selected.
    static readonly string[] s_bridges =
    [
        "src/Sluice/Schema/TableOfT.cs", "src/Sluice/Schema/ReflectedTable.cs", "src/Sluice/Schema/Table.cs", "src/Sluice/Schema/ColumnOfT.cs",
    ];

    /// <summary>The projects whose folders have an order.</summary>
    public static TheoryData<string> Ordered => [.. s_orders.Keys];

    [Fact]
    public void Each_package_references_only_what_it_may() => Rule.Holds(
        "A package references what it may not.",
        "Dependencies point one way: everything may use Sluice, the command line may use everything. A new package needs an issue, and a line in Packages.Allowed.",
        from project in Packages.Names
        from reference in Packages.ReferencesOf(project)
        where !Packages.Allowed.GetValueOrDefault(project, []).Contains(reference, StringComparer.Ordinal)
        select $"{project} → {reference}");

    [Theory]
    [MemberData(nameof(Packages.Libraries), MemberType = typeof(Packages))]
    public void Each_assembly_uses_only_what_it_may(string package) => Rule.Holds(
        $"{package}'s code uses an assembly that it may not.",
        "Use the framework or what Packages.AllowedAssemblies names.",
        from reference in Packages.Load(package).GetReferencedAssemblies()
        where !reference.Name!.StartsWith("System.", StringComparison.Ordinal) && reference.Name is not "netstandard"
        where !Packages.AllowedAssemblies[package].Contains(reference.Name, StringComparer.Ordinal)
        select reference.Name);

    [Theory]
    [MemberData(nameof(Packages.Assemblies), MemberType = typeof(Packages))]
    public void Each_assembly_uses_every_package_that_its_project_references(string package) => Rule.Holds(
        $"{package}'s project references a package that its code does not use, and whoever installs it gets that one too.",
        "Remove the reference, or name in Packages what it is for.",
        from reference in Packages.PackageReferencesOf(package)
        where !Packages.UsedWithoutAssembly.ContainsKey(reference)
        where !Packages.Load(package).GetReferencedAssemblies().Select(a => a.Name).Contains(Packages.AssemblyOf(reference),
            StringComparer.Ordinal)
        select $"{package} → {reference}");

    [Fact]
    public void Each_package_that_needs_no_code_is_referenced_somewhere() => Rule.Holds(
        "Packages names a package that no project references.",
        "Remove the line.",
        Packages.UsedWithoutAssembly.Keys.Except(Packages.Names.SelectMany(Packages.PackageReferencesOf), StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Ordered))]
    public void Each_folder_uses_only_folders_to_its_left(string project) => Rule.Holds(
        $"A folder of {project} uses one to its right. The order is {string.Join(", ", s_orders[project])}; each may use the root, which uses none.",
        "Move the type to the left, or let the folder on the right hand in what is needed.",
        FolderUse.In(project, s_orders[project]).Where(use => !s_bridges.Contains(use.File.Path, StringComparer.Ordinal)).Select(use => use.ToString()));

    [Theory]
    [MemberData(nameof(Ordered))]
    public void Each_folder_has_its_place_in_the_order(string project) => Rule.Holds(
        $"A folder of {project} has no place in the order of dependencies, or a place has no folder.",
        "Put it into DependencyTests' list, at the place where everything to its left may be used by it.",
        Directory.GetDirectories(Repository.PathTo(project.Split('/'))).Select(Path.GetFileName).OfType<string>().Where(folder => folder is not ("bin" or "obj"))
            .Order(StringComparer.Ordinal).Except(s_orders[project], StringComparer.Ordinal)
            .Concat(s_orders[project].Where(folder => !Directory.Exists(Repository.PathTo([.. project.Split('/'), folder])))));

    [Fact]
    public void Core_never_names_a_database() => Rule.Holds(
        "The core names a database.",
        "State what the code needs as a trait or capability that a database package fills in.",
        from file in SourceFile.In("src/Sluice", "*.*")
        where file.Name != "packages.lock.json"
        from line in file.Lines
        where Regex.IsMatch(line.Text, "npgsql|postgre|sqlite|mysql|oracle|sql ?server", RegexOptions.IgnoreCase)
        where !line.Text.Contains("<Description>", StringComparison.Ordinal)
        select $"{file}:{line.Number}: {line.Text.Trim()}");

    [Fact]
    public void Providers_do_not_know_each_other() => Rule.Holds(
        "A database package names another one.",
        "What both need belongs in the core.",
        from package in new[] { "Sluice.PostgreSql", "Sluice.Sqlite" }
        from file in SourceFile.In($"src/{package}")
        from line in file.Lines
        from other in Packages.OtherDatabases(package)
        where line.Text.Contains(other, StringComparison.Ordinal)
        select $"{file}:{line.Number}: {line.Text.Trim()}");
}
