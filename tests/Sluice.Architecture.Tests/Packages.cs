using System.Reflection;
using System.Xml.Linq;
using Sluice.Specification;

namespace Sluice.Architecture.Tests;

/// <summary>The projects of src, what each may reference, and the assemblies of those that are libraries.</summary>
public static class Packages
{
    static readonly string[] s_databases = ["Sluice.PostgreSql", "Sluice.Sqlite"];

    /// <summary>Package and project references that a project may have; analyzers aside.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> Allowed = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Sluice"] = ["Polly.Core", "Sluice.Generators"],
        ["Sluice.Generators"] = ["Microsoft.CodeAnalysis.CSharp"],
        ["Sluice.PostgreSql"] = ["Npgsql", "Sluice"],
        ["Sluice.Sqlite"] = ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core", "Sluice"],
        ["Sluice.EntityFrameworkCore"] = ["Microsoft.EntityFrameworkCore.Relational", "Sluice"],
        ["Sluice.Files"] = ["CsvHelper", "Sluice"],
        ["Sluice.Cli"] = ["System.CommandLine", "Spectre.Console", "Sluice", "Sluice.PostgreSql", "Sluice.Sqlite", "Sluice.Files"],
    };

    /// <summary>Names of assemblies, beside the framework's, that a library's own code may use.</summary>
    internal static readonly IReadOnlyDictionary<string, string[]> AllowedAssemblies = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Sluice"] = ["Polly.Core"],
        ["Sluice.PostgreSql"] = ["Sluice", "Npgsql"],
        ["Sluice.Sqlite"] = ["Sluice", "Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "SQLitePCLRaw.batteries_v2", "SQLitePCLRaw.provider.e_sqlite3"],
        ["Sluice.Files"] = ["Sluice", "CsvHelper"],
    };

    /// <summary>Packages that a project references though its assembly uses none of theirs, each with the reason.</summary>
    internal static readonly IReadOnlyDictionary<string, string> UsedWithoutAssembly = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Microsoft.CodeAnalysis.CSharp"] = "The row generator runs within the compiler, which has it.",
        ["SQLitePCLRaw.bundle_e_sqlite3"] = "It brings the native library and the assembly that loads it, which has another name.",
    };

    static readonly Dictionary<string, string> s_assemblies = new(StringComparer.Ordinal) { ["Microsoft.Data.Sqlite.Core"] = "Microsoft.Data.Sqlite" };

    internal static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(Repository.PathTo("src")).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    public static TheoryData<string> Libraries => [.. AllowedAssemblies.Keys];

    public static TheoryData<string> Assemblies => [.. AllowedAssemblies.Keys, "Sluice.Cli"];

    /// <summary>The assembly of a package; most have its name.</summary>
    internal static string AssemblyOf(string package) => s_assemblies.GetValueOrDefault(package, package);

    internal static Assembly Load(string name) => Assembly.Load(name);

    internal static IEnumerable<Type> PublicTypes => AllowedAssemblies.Keys.Select(Load).SelectMany(assembly => assembly.GetExportedTypes());

    internal static IEnumerable<string> ReferencesOf(string project) =>
        Includes(project, "PackageReference", "ProjectReference")
            .Select(include => include.EndsWith(".csproj", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(include) : include);

    internal static IEnumerable<string> PackageReferencesOf(string project) => Includes(project, "PackageReference");

    static IEnumerable<string> Includes(string project, params string[] kinds) =>
        XDocument.Load(Repository.PathTo("src", project, project + ".csproj"))
            .Descendants()
            .Where(element => kinds.Contains(element.Name.LocalName, StringComparer.Ordinal))
            .Select(element => element.Attribute("Include")!.Value);

    internal static IEnumerable<string> OtherDatabases(string package) => s_databases.Where(other => other != package);
}
